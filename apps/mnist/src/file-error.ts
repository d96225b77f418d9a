import { UserError } from "./user-error.ts";

const reasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied: choose another place, or change its permissions",
  EDQUOT: "your quota of the disk is used up: free some, or choose another place",
  EFBIG: "a file may not grow that large here: raise the limit, or choose another place",
  EISDIR: "it is a folder, and a file is expected",
  ENOENT: "it does not exist",
  ENOSPC: "the disk is full: free some space, or choose another place",
  ENOTDIR: "part of the path is a file, and a folder is expected",
  EPERM: "not permitted: choose another place, or change its permissions",
  EROFS: "the disk can only be read: choose another place",
};

/** What went wrong with a file, in words: "could not write runs/1: the disk is full: ...". */
export function fileError(doing: string, path: string, cause: unknown): UserError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new UserError(`could not ${doing} ${path}: ${reasons[code ?? ""] ?? message}`, { cause });
}
