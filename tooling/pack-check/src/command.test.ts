import { describe, expect, test } from "vitest";
import { command } from "./command.ts";

const node = (code: string): Promise<string> =>
  command(process.execPath, ["--eval", code], { cwd: ".", env: { ANSWER: "42" } });

describe("command()", () => {
  test("gives what the program printed", async () => {
    expect(await node("console.log(process.env.ANSWER)")).toBe("42\n");
  });

  test("fails with all output when the program fails", async () => {
    await expect(node('console.log("out"); console.error("err"); process.exit(3)')).rejects.toThrow(
      /^\$ .*--eval .*exit 3\)\nout\nerr$/s,
    );
  });
});
