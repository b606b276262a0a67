"""Callers that are not ours: sipp and baresip, as Debian has them."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from tests.doors.telephone.caller import RATE
from tests.doors.telephone.caller import in_law

needs_sipp = pytest.mark.skipif(shutil.which("sipp") is None, reason="sipp is not installed (apt.txt: sip-tester)")
needs_baresip = pytest.mark.skipif(shutil.which("baresip") is None, reason="baresip is not installed (apt.txt)")

_HEAD = """{method} sip:mobile@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:{number}@[local_ip]:[local_port]>;tag=[pid]T[call_number]
To: <sip:mobile@[remote_ip]:[remote_port]>{to}
Call-ID: [call_id]
CSeq: {cseq} {method}
Contact: <sip:sipp@[local_ip]:[local_port]>
Max-Forwards: 70
"""
_SOUND = """Content-Type: application/sdp
Content-Length: [len]

v=0
o=user1 53655765 2353687637 IN IP[local_ip_type] [local_ip]
s=-
c=IN IP[media_ip_type] [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8{keys}
a=rtpmap:8 PCMA/8000
{map}
"""


def scenario(number: str, acts: str, *, keys: bool = True) -> str:
    """A call that does something and hangs up. `number` may hold [call_number]."""

    def send(method: str, cseq: int, more: str = "Content-Length: 0\n", retrans: str = ' retrans="500"') -> str:
        to = "" if method == "INVITE" else "[peer_tag_param]"
        head = _HEAD.format(method=method, number=number, to=to, cseq=cseq)
        return f"<send{retrans}><![CDATA[\n{head}{more}\n]]></send>\n"

    mapped = "a=rtpmap:96 telephone-event/8000" if keys else "a=ptime:20"
    sound = _SOUND.format(keys=" 96" if keys else "", map=mapped)
    return (
        '<?xml version="1.0" encoding="ISO-8859-1" ?>\n<scenario name="call">\n'
        + send("INVITE", 1, sound)
        + '<recv response="100" optional="true"></recv>\n<recv response="200"></recv>\n'
        + send("ACK", 1, retrans="")
        + acts
        + send("BYE", 2)
        + '<recv response="200"></recv>\n</scenario>\n'
    )


def sipp(
    folder: Path, to: tuple[str, int], text: str, *, calls: int = 1, name: str = "sipp"
) -> subprocess.Popen[bytes]:
    """Starts sipp with a scenario."""
    file = folder / f"{name}.xml"
    file.write_text(text)
    port, media = free_port(), free_port()
    asked = ["sipp", f"{to[0]}:{to[1]}", "-sf", str(file), "-m", str(calls), "-r", "10", "-i", "127.0.0.1", "-p",
             str(port), "-mi", "127.0.0.1", "-mp", str(media - media % 2), "-nostdin", "-timeout", "60"]  # fmt: skip
    return subprocess.Popen(asked, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


_HEADERS = "[last_Via:]\n[last_From:]\n[last_To:];tag=[pid]D[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n"
_DESK = f"""<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="desk">
<recv request="INVITE" rrs="true"><action>
<ereg regexp="sip.*" search_in="hdr" header="From:" assign_to="asker"/>
<ereg regexp="sip.*" search_in="hdr" header="To:" assign_to="asked"/></action></recv>
<send><![CDATA[
SIP/2.0 180 Ringing
{_HEADERS}Contact: <sip:desk@[local_ip]:[local_port]>
Content-Length: 0

]]></send>
<pause milliseconds="300"/>
<send retrans="500"><![CDATA[
SIP/2.0 200 OK
{_HEADERS}Contact: <sip:desk@[local_ip]:[local_port]>
{_SOUND.format(keys="", map="a=sendrecv")}
]]></send>
<recv request="ACK" crlf="true"></recv>
<pause milliseconds="5000"/>
<send retrans="500"><![CDATA[
BYE sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <[$asked];tag=[pid]D[call_number]
To: <[$asker]
Call-ID: [call_id]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"></recv>
</scenario>
"""


def sipp_desk(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """Starts sipp as a telephone that answers one call, sends back what it hears, and hangs up after five seconds."""
    file, media = folder / "desk.xml", free_port()
    file.write_text(_DESK)
    asked = ["sipp", "-sf", str(file), "-m", "1", "-i", "127.0.0.1", "-p", str(port), "-mi", "127.0.0.1", "-mp",
             str(media - media % 2), "-rtp_echo", "-nostdin", "-timeout", "60"]  # fmt: skip
    return subprocess.Popen(asked, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def raw_sound(folder: Path, sound: np.ndarray, name: str) -> Path:
    """A file of A-law without a head, as sipp's rtp_stream sends it."""
    file = folder / name
    file.write_bytes(in_law(sound))
    return file


class Baresip:
    """baresip with sound from a file; keys are pressed by its TCP control. With a port it answers there whoever rings,
    as call-takers, in mu-law, and writes what it hears to `dump*dec.wav`."""

    def __init__(self, folder: Path, wav: Path, port: int = 0):
        self.control = free_port()
        modules = "".join(
            f"module {name}.so\n" for name in ("g711", "aufile", "ctrl_tcp", *(("sndfile",) if port else ()))
        )
        apps = "module_app account.so\nmodule_app menu.so\n"
        (folder / "config").write_text(
            f"sip_listen 127.0.0.1:{port or free_port()}\nctrl_tcp_listen 127.0.0.1:{self.control}\n"
            f"module_path /usr/lib/baresip/modules\naudio_source aufile,{wav}\naudio_player aufile,/dev/null\n"
            f"audio_alert aufile,/dev/null\nsnd_path {folder}\nrtp_ports 21000-21500\n{modules}{apps}"
        )
        user, law, mode = ("call-takers", "pcmu", "auto") if port else ("+447700900300", "pcma", "manual")
        (folder / "accounts").write_text(
            f"<sip:{user}@127.0.0.1>;regint=0;audio_codecs={law};answermode={mode};dtmfmode=rtpevent\n"
        )
        (folder / "contacts").write_text("")
        self.log = (folder / "baresip.log").open("wb")
        self.process = subprocess.Popen(
            ["baresip", "-f", str(folder)], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log
        )

    def say(self, command: str, words: str = "") -> None:
        """One command of its control: a netstring of JSON."""
        until = time.monotonic() + 15
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.control), 2) as line:
                    asked = f'{{"command":"{command}","params":"{words}"}}'
                    line.sendall(f"{len(asked)}:{asked},".encode())
                    line.settimeout(2)
                    line.recv(4_096)
                    return
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.2)

    def stop(self) -> None:
        """Ends it."""
        self.process.kill()
        self.process.wait(10)
        self.log.close()


def quiet_wav(file: Path, seconds: float, sound: np.ndarray | None = None) -> Path:
    """A WAV file of 16 bits at 8 kHz."""
    import wave

    heard = np.zeros(int(RATE * seconds)) if sound is None else sound
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, RATE, 0, "NONE", ""))
        out.writeframes((heard * 32_767).astype("<i2").tobytes())
    return file


def free_port() -> int:
    """A port that is free now, for both of sound and signalling."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
