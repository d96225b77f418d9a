export { type BlasBackend, type BlasLibrary, type BlasOptions, blas } from "./blas.ts";
