// The scanner of /codes (app/src/codes/ask.rs): the camera, or a photo of a code. Where the browser has no decoder of its own, one is
// loaded, and only then. Only addresses of this site are followed; anything else is shown as text.
const root = document.getElementById("scanner");
const said = root?.querySelector("[role=status]");
const say = (words, text = "") => (said.textContent = text ? `${words}${text}` : words);
const button = (name) => root.querySelector(`[data-scan=${name}]`);

/** Photos are made smaller until a code is found: a large one is slow, and its noise hides the code. */
const SIDES = [1600, 1000, 600];
const PAUSE = 150;
const PATIENCE = 20_000;

/** Reads the first code in a picture or a frame of the video; null for none. */
let reading;
const reader = () =>
  (reading ??= native().catch(async () => {
    const wasm = await import(root.dataset.wasm);
    await wasm.default();
    return (source, width, height) => {
      for (const side of SIDES) {
        const scale = Math.min(1, side / Math.max(width, height));
        const found = wasm.decode(...grey(source, Math.round(width * scale), Math.round(height * scale)));
        if (found != null) return found;
      }
      return null;
    };
  }));

async function native() {
  if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) throw new Error("no QR codes");
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  return async (source) => (await detector.detect(source))[0]?.rawValue ?? null;
}

function grey(source, width, height) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  // A picture may be transparent where paper would be white.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (data[4 * i] * 77 + data[4 * i + 1] * 151 + data[4 * i + 2] * 28) >> 8;
  return [pixels, width];
}

/** The path on this site that a code says, or null: its host is ours, as it is reached now or as it is known. */
export function ours(text, host, domain, english) {
  let address;
  try {
    address = new URL(text);
  } catch {
    return null;
  }
  const known = [host, domain].includes(address.host) && ["http:", "https:"].includes(address.protocol);
  if (!known || address.username || address.password) return null;
  const path = address.pathname.replace(/^\/+/, "/");
  return `${english && !/^\/en(\/|$)/.test(path) ? "/en" : ""}${path}${address.search}`;
}

function follow(text) {
  const domain = document.querySelector("meta[name=SiteDomain]")?.content;
  const path = ours(text, location.host, domain, root.dataset.lang === "en");
  if (path) location.assign(path);
  else say(root.dataset.foreign, text.slice(0, 300));
  return path;
}

let stream;
function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  root.querySelector("video").hidden = true;
  button("stop").hidden = true;
  button("camera").hidden = false;
}

async function scan() {
  const video = root.querySelector("video");
  button("camera").hidden = true;
  say(root.dataset.starting);
  try {
    const mine = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    stream = mine;
    video.srcObject = mine;
    video.hidden = false;
    button("stop").hidden = false;
    const read = await reader();
    await video.play();
    say(root.dataset.looking);
    const began = Date.now();
    for (let warned = false; stream === mine; await new Promise((done) => setTimeout(done, PAUSE))) {
      const found = video.videoWidth ? await read(video, video.videoWidth, video.videoHeight) : null;
      if (found != null && stream === mine) {
        stop();
        return follow(found);
      }
      if (!warned && Date.now() - began > PATIENCE) {
        warned = true;
        say(root.dataset.none);
      }
    }
    say("");
  } catch (error) {
    stop();
    const refused = error.name === "NotAllowedError" || error.name === "SecurityError";
    const missing = error.name === "NotFoundError" || error.name === "OverconstrainedError";
    say(refused ? root.dataset.refused : missing ? root.dataset.missing : root.dataset.failed);
  }
}

async function photo({ target }) {
  const [file] = target.files;
  if (!file) return;
  stop();
  say(root.dataset.reading);
  try {
    const picture = await createImageBitmap(file).catch(() => null);
    if (!picture) return say(root.dataset.noPicture);
    const read = await reader();
    const found = await read(picture, picture.width, picture.height);
    if (found == null) say(root.dataset.none);
    else follow(found);
  } catch {
    say(root.dataset.failed);
  } finally {
    target.value = "";
    if (!navigator.mediaDevices?.getUserMedia) button("camera").hidden = true;
  }
}

if (root) {
  root.hidden = false;
  button("camera").hidden = !navigator.mediaDevices?.getUserMedia;
  button("camera").addEventListener("click", scan);
  button("stop").addEventListener("click", () => {
    stop();
    say("");
  });
  root.querySelector("input[type=file]").addEventListener("change", photo);
  addEventListener("pagehide", stop);
}
