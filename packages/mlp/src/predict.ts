import { type Backend, type FloatArray, type Matrix, reference, type Rows } from "@feedforward/tensor";
import { type Prediction, predictorOf } from "./predictor.ts";
