import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dense, mlp, save } from "@feedforward/mlp";
import { afterAll, expect, test } from "vitest";
import { loadRun } from "./load-run.ts";

const folder = mkdtempSync(join(tmpdir(), "load-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const path = join(folder, "model.safetensors");
const net = mlp(6, [dense(2)], { seed: 1 });

test("a run is read from its folder or its file, with the images it takes and its data", async () => {
  writeFileSync(path, save(net, { metadata: { images: { height: 2, width: 3 }, data: "d" } }));
  for (const at of [folder, path]) {
    const { net: read, ...rest } = await loadRun(at);
    expect(rest).toEqual({ path, height: 2, width: 3, data: "d" });
    expect(read.layers[0]?.params).toEqual(net.layers[0]?.params);
  }
  writeFileSync(path, save(net, { metadata: { images: { height: 2, width: 3 }, data: null } }));
  expect(await loadRun(path)).not.toHaveProperty("data");
});

test.each([{}, { images: null }, { images: { height: 2, width: 2 } }, { images: "2 x 3" }])(
  "a network whose metadata is %j is refused",
  async (metadata) => {
    writeFileSync(path, save(net, { metadata }));
    await expect(loadRun(path)).rejects.toThrow(
      `${path} is no network of this program: it does not say what images it takes`,
    );
  },
);
