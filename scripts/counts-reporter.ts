import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line, "N passed, N failed, N skipped", preceded by the counts of each project. */
export default class CountsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const total = { passed: 0, failed: errors.length, skipped: 0 };
    const perProject = new Map<string, number>();
    for (const module of modules) {
      if (module.errors().length > 0) total.failed++;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed" || state === "failed") total[state]++;
        else total.skipped++;
        if (state === "passed")
          perProject.set(module.project.name, (perProject.get(module.project.name) ?? 0) + 1);
      }
    }
    process.on("exit", () => {
      for (const [name, count] of perProject) console.log(`${name}: ${count} tests passed`);
      console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
    });
  }
}
