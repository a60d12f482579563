"""Makes pictures of pages small: PNG with a palette of the 256 most used colours. The browser does the counting."""

import base64
import struct
import zlib

from playwright.sync_api import Browser

COUNT = """async (png) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + png)).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  const paint = canvas.getContext("2d");
  paint.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(paint.getImageData(0, 0, picture.width, picture.height).data.buffer);
  const counts = new Map();
  for (const one of pixels) counts.set(one, (counts.get(one) ?? 0) + 1);
  const palette = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one);
  const part = (one, place) => (one >> (8 * place)) & 255;
  const apart = (a, b) => [0, 1, 2].reduce((sum, place) => sum + (part(a, place) - part(b, place)) ** 2, 0);
  const near = new Map(palette.map((one, index) => [one, index]));
  for (const one of counts.keys()) {
    if (near.has(one)) continue;
    const nearer = (best, other, index) => apart(one, other) < apart(one, palette[best]) ? index : best;
    near.set(one, palette.reduce(nearer, 0));
  }
  const rows = new Uint8Array((picture.width + 1) * picture.height);
  pixels.forEach((one, at) => { rows[at + Math.floor(at / picture.width) + 1] = near.get(one); });
  let text = "";
  for (let at = 0; at < rows.length; at += 32768) text += String.fromCharCode(...rows.subarray(at, at + 32768));
  return { width: picture.width, height: picture.height, rows: btoa(text),
           palette: palette.flatMap((one) => [0, 1, 2].map((place) => part(one, place))) };
}"""


class Shrinking:
    """Needs a browser, in which it keeps an empty page."""

    def __init__(self, browser: Browser) -> None:
        self.page = browser.new_page()

    def small(self, png: bytes) -> bytes:
        """The same picture with at most 256 colours."""
        found = self.page.evaluate(COUNT, base64.b64encode(png).decode())
        head = struct.pack(">IIBBBBB", found["width"], found["height"], 8, 3, 0, 0, 0)
        rows = zlib.compress(base64.b64decode(found["rows"]), 9)
        chunks = [(b"IHDR", head), (b"PLTE", bytes(found["palette"])), (b"IDAT", rows), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
