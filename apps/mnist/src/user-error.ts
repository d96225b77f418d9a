/** Something that the user can put right: its message is shown without a stack. */
export class UserError extends Error {
  override readonly name = "UserError";
}
