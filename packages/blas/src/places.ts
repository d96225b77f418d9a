/** Where a platform has its BLAS, and how one is put there. */
export interface Places {
  /** What the loader is asked for, in this order. */
  readonly libraries: readonly string[];
  readonly install: string;
}

const linux: Places = {
  libraries: [
    "libopenblas.so.0",
    "libopenblasp.so.0", // Fedora's, with threads
    "libopenblas.so", // Alpine's and Arch's
    "libmkl_rt.so.2",
    "libblis.so.4",
    "libcblas.so.3", // what the distribution has chosen
    "libblas.so.3",
  ],
  install:
    "install OpenBLAS (Debian, Ubuntu: apt install libopenblas0-pthread; Fedora: dnf install openblas-threads; " +
    "Arch: pacman -S openblas; Alpine: apk add openblas)",
};

const platforms: Readonly<Record<string, Places>> = {
  darwin: {
    libraries: ["/System/Library/Frameworks/Accelerate.framework/Accelerate"],
    install: "Accelerate is part of macOS, and brew install openblas brings another",
  },
  win32: {
    libraries: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll", "mkl_rt.dll"],
    install:
      "put libopenblas.dll, from the releases of https://github.com/OpenMathLib/OpenBLAS, into a folder of PATH",
  },
};

/** What is tried on a platform, named as in `process.platform`; elsewhere, what is on Linux. */
export const placesOf = (platform: string): Places => platforms[platform] ?? linux;
