import type { ImageExamples } from "@feedforward/data";
import { softmaxCrossEntropy } from "@feedforward/losses";
import { evaluate, type Network } from "@feedforward/mlp";
import type { Backend } from "@feedforward/tensor";
import { type Confusion, confusionOf, countingAccuracy } from "./confusion.ts";
import { count, counted } from "./numbers.ts";
import type { Screen } from "./screen.ts";
import { UserError } from "./user-error.ts";

/** The mean loss over images, and what was taken for what. Aborted, it throws the signal's reason. */
export async function runEvaluation(
  net: Network,
  images: ImageExamples,
  screen: Screen,
  {
    signal,
    quiet = false,
    backend,
  }: { readonly signal: AbortSignal; readonly quiet?: boolean; readonly backend?: Backend },
): Promise<{ readonly loss: number; readonly confusion: Confusion }> {
  if (images.x.shape[1] !== net.inputs)
    throw new UserError(
      `the network takes images of ${net.inputs} pixels, but these are ${images.width} x ${images.height}`,
    );
  const confusion = confusionOf(net.outputs);
  const counting = countingAccuracy(confusion);
  let seen = 0;
  if (!screen.live && !quiet) screen.print(`evaluating ${counted(images.y.length, "image")}`);
  const { loss } = await evaluate(net, images, {
    loss: softmaxCrossEntropy(),
    metrics: [
      {
        ...counting,
        ofClasses: (a, y, rows, columns) => {
          seen += rows;
          screen.show(`evaluating ${count(seen)} of ${count(images.y.length)} images`);
          return counting.ofClasses?.(a, y, rows, columns) ?? 0;
        },
      },
    ],
    signal,
    ...(backend && { backend }),
  });
  screen.show("");
  return { loss, confusion };
}
