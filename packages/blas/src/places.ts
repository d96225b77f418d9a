/** Where a platform keeps its BLAS, and how one is put there. */
export interface Places {
  /** What the loader is asked for, in this order. */
  readonly libraries: readonly string[];
  readonly install: string;
}

const linux: Places = {
  libraries: [
    "libopenblas.so.0",
    "libopenblasp.so.0", // Fedora's build on pthreads
    "libmkl_rt.so.2",
    "libblis.so.4",
    "libcblas.so.3", // whatever the distribution has chosen
    "libblas.so.3",
  ],
  install:
    "install OpenBLAS (Debian, Ubuntu: apt install libopenblas0-pthread; Fedora: dnf install openblas; " +
    "Arch: pacman -S openblas; Alpine: apk add openblas)",
};

const platforms: Readonly<Record<string, Places>> = {
  darwin: {
    libraries: [
      "/System/Library/Frameworks/Accelerate.framework/Accelerate",
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
      "/usr/local/opt/openblas/lib/libopenblas.dylib",
    ],
    install: "Accelerate is part of macOS; another one is OpenBLAS (brew install openblas)",
  },
  win32: {
    libraries: ["libopenblas.dll", "openblas.dll", "mkl_rt.2.dll", "mkl_rt.dll"],
    install:
      "put libopenblas.dll (from https://github.com/OpenMathLib/OpenBLAS/releases) into a folder of PATH",
  },
};

/** The places of a platform, named as `process.platform` does. */
export const placesOf = (platform: string): Places => platforms[platform] ?? linux;
