//! Starts the islands in the browser; everything they are is in `app`.

#[cfg(target_arch = "wasm32")]
mod browser {
    // The islands are exported by `app`; without this line the linker leaves them out.
    use app as _;

    /// Called by `islands.js` before it wakes the islands of the page.
    #[wasm_bindgen::prelude::wasm_bindgen]
    pub fn hydrate() {
        leptos::mount::hydrate_islands();
    }
}
