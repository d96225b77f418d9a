/** One wrong line, and the test that must notice it. */
export interface Fault {
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly from: string;
  readonly to: string;
  readonly project: string;
  /** Part of the full name of a test that turns red. */
  readonly test: string;
}

/** A maker of faults in the sources of one project, noticed by a test of the same project. */
export const faultsOf =
  (folder: string) =>
  (file: string, from: string, to: string, test: string): Fault => ({
    file: `${folder}/src/${file}`,
    from,
    to,
    project: folder.slice(folder.lastIndexOf("/") + 1),
    test,
  });
