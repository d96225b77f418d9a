import { readdirSync } from "node:fs";
import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { chromiumArgs, chromiumPath } from "./tooling/bench/src/chromium.ts";

// Every workspace package is a project of its own; one more runs the packages' tests in a real Chromium.
const folders = ["packages", "apps", "tooling"].flatMap((group) =>
  readdirSync(group).map((name) => ({ name, root: `${group}/${name}` })),
);
const source = "@feedforward/source";
const node = [source, "module", "node", "development|production"];

// CHROMIUM=/path names the browser; CHROMIUM= (empty) leaves the browser project out.
const chromium = chromiumPath();
if (!chromium) console.log("No Chromium found: the browser project is left out.");

// What takes longer than `npm test` has time for, in Node: `pnpm soak` sets SOAK.
const soaks = "**/*.soak.test.ts";
const exclude = ["**/node_modules/**", ...(process.env.SOAK ? [] : [soaks])];

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/counts-reporter.ts"],
    coverage: {
      provider: "v8",
      // The second is for --project, with which vitest matches from each project's folder.
      include: ["packages/*/src/**/*.ts", "src/**/*.ts"],
      exclude: ["**/*.test-d.ts"],
      reporter: [["text", { skipFull: true }]],
      reportOnFailure: true,
      thresholds: { lines: 95 },
    },
    projects: [
      {
        resolve: { conditions: node },
        ssr: { resolve: { conditions: node, externalConditions: [source] } },
        test: { name: "repository", root: "scripts", include: ["**/*.test.ts"] },
      },
      ...folders.map(({ name, root }) => ({
        resolve: { conditions: node },
        ssr: { resolve: { conditions: node, externalConditions: [source] } },
        test: {
          name,
          root,
          include: ["src/**/*.test.ts"],
          exclude,
          typecheck: { enabled: true, include: ["src/**/*.test-d.ts"], tsconfig: "tsconfig.json" },
        },
      })),
      ...(chromium
        ? [
            {
              resolve: { conditions: [source, "module", "browser", "development|production"] },
              // Found while tests run, it would be bundled then, and the page reloaded under them.
              optimizeDeps: { include: ["fast-check"] },
              server: {
                headers: {
                  "Cross-Origin-Opener-Policy": "same-origin",
                  "Cross-Origin-Embedder-Policy": "require-corp",
                },
              },
              test: {
                name: "chromium",
                include: ["packages/*/src/**/*.test.ts", "tooling/conformance/src/**/*.test.ts"],
                exclude: ["**/*.node.test.ts", "**/node_modules/**", soaks],
                browser: {
                  enabled: true,
                  headless: true,
                  screenshotFailures: false,
                  provider: playwright({
                    launchOptions: {
                      executablePath: chromium,
                      args: [...chromiumArgs],
                    },
                  }),
                  instances: [{ browser: "chromium" as const }],
                },
              },
            },
          ]
        : []),
    ],
  },
});
