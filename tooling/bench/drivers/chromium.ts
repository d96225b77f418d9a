import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright";
import { chromiumArgs, chromiumPath } from "../src/chromium.ts";
import type { Reply, Request } from "../src/protocol.ts";
import { answerLines } from "./serve.ts";
import { version } from "./version.ts";

// Hands the harness's requests on to a worker of a cross-origin isolated page.

const [threads] = process.argv.slice(2) as [string];

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("chromium-worker.ts", import.meta.url))],
  bundle: true,
  write: false,
  format: "esm",
  platform: "browser",
  logLevel: "silent",
});
const page = `<!doctype html><script>
  const worker = new Worker("/worker.js?threads=${threads}", { type: "module" });
  const replies = [];
  const take = (reply) => replies.shift()?.(reply);
  worker.onmessage = ({ data }) => take(data);
  worker.onerror = ({ message }) => take({ error: message });
  ask = (request) => new Promise((reply) => { replies.push(reply); worker.postMessage(request); });
</script>`;
const texts: Readonly<Record<string, readonly [type: string, body: string]>> = {
  "/": ["text/html", page],
  "/worker.js": ["text/javascript", outputFiles[0]!.text],
};

let loaded = ""; // the task: its files may be read
const server = createServer(async ({ url }, response) => {
  const { pathname, search } = new URL(url!, "http://localhost");
  const file = decodeURIComponent(search.slice(1));
  const [type, body] =
    pathname === "/files" && loaded.includes(JSON.stringify(file))
      ? ["application/octet-stream", await readFile(file)]
      : (texts[pathname] ?? ["text/plain", ""]);
  response.writeHead(200, {
    "Content-Type": type,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  });
  response.end(body);
});
await new Promise<void>((listening) => server.listen(0, "localhost", listening));
const { port } = server.address() as AddressInfo;

const browser = await chromium.launch({ executablePath: chromiumPath()!, args: [...chromiumArgs] });
const tab = await browser.newPage();
await tab.goto(`http://localhost:${port}/`);

answerLines(async (request) => {
  if (request.op === "load") loaded = JSON.stringify(request);
  const reply = await tab.evaluate(
    (asked) => (globalThis as unknown as { ask(r: Request): Promise<object> }).ask(asked),
    request,
  );
  if ("error" in reply) throw new Error(String(reply.error));
  if (!("about" in reply)) return reply as Reply<Request>;
  const runtime = `Chromium ${browser.version()}`;
  return {
    ...reply,
    about: { library: version(), threads, ...(reply.about as object), runtime },
  } as Reply<Request>;
});
