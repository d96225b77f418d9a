import { existsSync } from "node:fs";

/** The browser: CHROMIUM names it, and leaves it out where it is empty. */
export const chromiumPath = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
  exists: (path: string) => boolean = existsSync,
): string | undefined =>
  (environment.CHROMIUM ??
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(exists)) ||
  undefined;

/** What it is started with: without a sandbox, since a container has none to give, and silent. */
export const chromiumArgs: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
