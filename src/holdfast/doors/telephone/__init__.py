"""The answering point: calls on which nobody may be able to speak are answered, listened to, recorded and never ended.

No pages. `holdfast answer` runs it, as a process of its own, behind the SIP proxy of whoever runs the control room.
"""
