/** What would build a crate: asked in its folder, so that rust-toolchain.toml has its say. */
export interface Toolchain {
  /** Absolute path of the cargo that is run. */
  readonly cargoPath: string;
  /** As `cargo --version` prints it. */
  readonly cargoVersion: string;
  readonly rustcPath: string;
  /** As `rustc --version` prints it. */
  readonly rustcVersion: string;
  /** rustc's sysroot; standard libraries are below it. */
  readonly sysroot: string;
  /** Absolute path of rustup; null where there is none. */
  readonly rustupPath: string | null;
  /** rustup's name of the toolchain, such as `stable-x86_64-unknown-linux-gnu`; null where rustc isn't rustup's. */
  readonly rustupToolchain: string | null;
  /** rustc's names of the targets whose standard library is installed. */
  readonly installedTargets: readonly string[];
}
