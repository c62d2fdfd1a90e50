//! Figures, not assertions: `cargo bench`.

fn main() {
    divan::main();
}
