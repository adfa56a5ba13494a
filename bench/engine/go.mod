// Only marks the folder: the program is built with toolchain/modules/vault/go.mod, whose sums are committed.
module strongroom.local/vault

go 1.25.3
