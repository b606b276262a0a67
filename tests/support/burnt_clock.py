"""A clock burnt into a camera's picture, and its reading from the picture as shown: how old what is seen really is.

The clock is the machine's own in milliseconds, as squares of black and white with a sum beside them, so that a picture
that was spoilt on the way is not read for another time. It stands in place of a camera; sound comes from the browser's
fake device. `AGES` collects, of each picture that a page shows, its age (`ages`) and its own clock (`clocks`), in ms.
"""

from playwright.sync_api import Page

BURNS = """
(() => {
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wanted) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const pen = canvas.getContext("2d");
    const draw = () => {
      const now = Date.now() % 0x1000000, sum = (now ^ (now >> 8) ^ (now >> 16)) & 0xff;
      for (let bit = 0; bit < 32; bit++) {
        const on = bit < 24 ? (now >> bit) & 1 : (sum >> (bit - 24)) & 1;
        pen.fillStyle = on ? "#fff" : "#000";
        pen.fillRect((bit % 8) * 80, Math.floor(bit / 8) * 120, 80, 120);
      }
    };
    draw();
    setInterval(draw, 50);
    const stream = canvas.captureStream(15);
    if (wanted.audio) for (const track of (await asked({ audio: true })).getAudioTracks()) stream.addTrack(track);
    if (!wanted.video) for (const track of stream.getVideoTracks()) stream.removeTrack(track);
    return stream;
  };
})();
"""

AGES = """
(() => {
  const video = document.querySelector("video");
  const canvas = Object.assign(document.createElement("canvas"), { width: 24, height: 12 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  window.ages = [];
  window.clocks = [];
  window.spoilt = 0;
  const read = () => {
    pen.drawImage(video, 0, 0, 24, 12);
    const { data } = pen.getImageData(0, 0, 24, 12);
    let value = 0, sum = 0;
    for (let bit = 0; bit < 32; bit++) {
      const at = 4 * ((Math.floor(bit / 8) * 3 + 1) * 24 + (bit % 8) * 3 + 1);
      if (data[at] > 127) { if (bit < 24) value += 2 ** bit; else sum += 2 ** (bit - 24); }
    }
    if (((value ^ (value >> 8) ^ (value >> 16)) & 0xff) === sum) {
      window.clocks.push(value);
      window.ages.push((Date.now() % 0x1000000 - value + 0x1000000) % 0x1000000);
    } else window.spoilt++;
    video.requestVideoFrameCallback(read);
  };
  video.requestVideoFrameCallback(read);
})();
"""

ALONE = """async () => {
  const video = document.body.appendChild(Object.assign(document.createElement("video"), { muted: true, width: 640 }));
  const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
  const type = 'video/webm;codecs="vp8,opus"', source = new MediaSource(), waiting = [];
  video.src = URL.createObjectURL(source);
  await new Promise((go) => source.addEventListener("sourceopen", go, { once: true }));
  const buffer = source.addSourceBuffer(type);
  const feed = () => { if (!buffer.updating && waiting.length) buffer.appendBuffer(waiting.shift()); };
  buffer.addEventListener("updateend", () => {
    feed();
    if (!video.buffered.length) return;
    const end = video.buffered.end(video.buffered.length - 1), behind = end - video.currentTime;
    if (behind > 2) video.currentTime = end - 0.2;
    video.playbackRate = behind > 0.6 ? 1.5 : 1;
    video.play();
  });
  const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: 600000 });
  recorder.ondataavailable = async ({ data }) => { waiting.push(await data.arrayBuffer()); feed(); };
  recorder.start(400);
}"""


def plays_alone(page: Page, at: str) -> None:
    """Records and plays the camera in one page, without line or server: what a browser takes on this machine now."""
    page.add_init_script(BURNS)
    # The doors' own pages tell the browser that they ask for no camera: an address of this machine that says nothing.
    page.route("**/alone", lambda route: route.fulfill(content_type="text/html", body="<title>a</title>"))
    page.goto(f"{at}alone")
    page.evaluate(ALONE)
    page.wait_for_timeout(3000)


def slowest_of(ages: list[float], share: float) -> float:
    """The age in seconds that this share of the pictures is not older than."""
    ordered = sorted(ages)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] / 1000


def is_before(one: float, other: float) -> bool:
    """Whether a burnt clock stands before another moment (ms of either): the clock begins anew each four hours."""
    return 0 < (other - one) % 0x1000000 < 0x800000
