import type { Command, CommanderError } from "commander";
import { nearest } from "./nearest.ts";

/** A wrong command line in words, with the nearest right option or command where one is unknown. */
export function usageError(
  error: CommanderError,
  program: Command,
  argv: readonly string[],
): string {
  const named = program.commands.find((one) => one.name() === argv[0]);
  const command = named ?? program.commands[0]; // the first is the default
  const help = `npm start -- ${command?.name()} --help`;
  const text = error.message.replace(/^error: /, "");
  if (error.code === "commander.unknownOption") {
    const wrong = /'-*([^'=]*)/.exec(text)?.[1] ?? "";
    const names = command?.options.map((option) => option.name()) ?? [];
    return `${text}. Did you mean --${nearest(wrong, names)}? ${help} lists all options`;
  }
  return `${text.replace(/\.$/, "")}\n${help} tells more`;
}

/** What to say where the first word is no command. */
export function unknownCommand(argv: readonly string[], program: Command): string | undefined {
  const names = program.commands.map((command) => command.name());
  const [first] = argv;
  if (first === undefined || first.startsWith("-") || names.includes(first)) return undefined;
  return (
    `unknown command '${first}'. Did you mean ${nearest(first, names)}? ` +
    `The commands are ${names.join(", ")}`
  );
}
