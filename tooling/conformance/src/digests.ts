/** What digest.ts gives, by the backend's name: on every engine, at any number of threads. */
export const digests: Readonly<Record<string, string>> = {
  "wasm fused": "1ba671d050a405f00f14730b1d2d5712e27cce6ce92365cf8eecfc35e084ec06",
  "wasm plain": "64def0341dc266f5b533cb30ec898d8de8f424c1ef478aa40f3175ece66995a8",
};
