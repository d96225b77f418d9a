export { blas } from "./blas.ts";
