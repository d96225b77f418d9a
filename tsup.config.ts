import { defineConfig } from "tsup";

/** The one build of every package; declarations come from tsc (tsup's do not work with TypeScript 7). */
export default defineConfig({
  entry: ["src/index.ts", "src/core.ts", "src/conformance.ts"],
  format: ["esm"],
  target: "es2023",
  dts: false,
  sourcemap: true,
  clean: true,
});
