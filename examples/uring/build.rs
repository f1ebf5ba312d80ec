//! Generates the wrappers of `<liburing.h>`, inline functions too, where the header is installed; else nothing.

use pinned_ffi_codegen::Builder;
use std::error::Error;
use std::path::PathBuf;

/// Functions that liburing.so has.
const FUNCTIONS: &str = "io_uring_(queue_init|queue_exit|submit|submit_and_wait|peek_batch_cqe|wait_cqe_timeout|\
    register_buffers|unregister_buffers|register_eventfd|unregister_eventfd)";

/// Functions that are in the header alone.
const INLINE: &str =
    "io_uring_(get_sqe|cq_advance|sqe_set_data64|prep_(nop|read|readv|writev|sendmsg|read_fixed|cancel64))";

/// What the header does not say. The ends of loans are those of io_uring_enter(2): the kernel takes in vectors and messages
/// when it consumes the entry (`IORING_FEAT_SUBMIT_STABLE`), and uses buffers until the completion queue has the entry.
/// No pointer is followed by these calls themselves, so what is inside must be pinned.
const CONTRACTS: &str = r#"unsafe extern "C" {
    fn io_uring_queue_init(entries: c_uint, #[out] #[nonnull] #[one] ring: *mut io_uring, flags: c_uint) -> c_int;
    fn io_uring_queue_exit(#[inout] #[nonnull] #[one] ring: *mut io_uring);
    fn io_uring_submit(#[inout] #[nonnull] #[one] ring: *mut io_uring) -> c_int;
    fn io_uring_submit_and_wait(#[inout] #[nonnull] #[one] ring: *mut io_uring, wait_nr: c_uint) -> c_int;
    fn io_uring_peek_batch_cqe(
        #[inout] #[nonnull] #[one] ring: *mut io_uring,
        #[out] #[nonnull] #[counted_by(count)] cqes: *mut *mut io_uring_cqe,
        count: c_uint,
    ) -> c_uint;
    fn io_uring_wait_cqe_timeout(
        #[inout] #[nonnull] #[one] ring: *mut io_uring,
        #[out] #[nonnull] #[one] cqe_ptr: *mut *mut io_uring_cqe,
        #[input] #[nullable] #[one] ts: *mut __kernel_timespec,
    ) -> c_int;
    fn io_uring_register_buffers(
        #[inout] #[nonnull] #[one] ring: *mut io_uring,
        #[input] #[nonnull] #[counted_by(nr_iovecs)] iovecs: *const iovec,
        nr_iovecs: c_uint,
    ) -> c_int;
    fn io_uring_unregister_buffers(#[inout] #[nonnull] #[one] ring: *mut io_uring) -> c_int;
    fn io_uring_register_eventfd(#[inout] #[nonnull] #[one] ring: *mut io_uring, fd: c_int) -> c_int;
    fn io_uring_unregister_eventfd(#[inout] #[nonnull] #[one] ring: *mut io_uring) -> c_int;

    fn io_uring_get_sqe(#[inout] #[nonnull] #[one] ring: *mut io_uring) -> *mut io_uring_sqe;
    fn io_uring_cq_advance(#[inout] #[nonnull] #[one] ring: *mut io_uring, nr: c_uint);
    fn io_uring_sqe_set_data64(#[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe, data: u64);
    fn io_uring_prep_nop(#[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe);
    fn io_uring_prep_cancel64(#[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe, user_data: u64, flags: c_int);
    fn io_uring_prep_read(
        #[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe,
        fd: c_int,
        #[out] #[nonnull] #[sized_by(nbytes)] #[retained(by = sqe, until = [io_uring_cq_advance])] buf: *mut c_void,
        nbytes: c_uint,
        offset: u64,
    );
    fn io_uring_prep_read_fixed(
        #[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe,
        fd: c_int,
        #[out] #[nonnull] #[sized_by(nbytes)] #[retained(by = sqe, until = [io_uring_cq_advance])] buf: *mut c_void,
        nbytes: c_uint,
        offset: u64,
        buf_index: c_int,
    );
    fn io_uring_prep_readv(
        #[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe,
        fd: c_int,
        #[input] #[nonnull] #[counted_by(nr_vecs)] #[retained(by = sqe, until = [io_uring_submit])] iovecs: *const iovec,
        nr_vecs: c_uint,
        offset: u64,
    );
    fn io_uring_prep_writev(
        #[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe,
        fd: c_int,
        #[input] #[nonnull] #[counted_by(nr_vecs)] #[retained(by = sqe, until = [io_uring_submit])] iovecs: *const iovec,
        nr_vecs: c_uint,
        offset: u64,
    );
    fn io_uring_prep_sendmsg(
        #[inout] #[nonnull] #[one] sqe: *mut io_uring_sqe,
        fd: c_int,
        #[input] #[nonnull] #[one] #[retained(by = sqe, until = [io_uring_submit])] msg: *const msghdr,
        flags: c_uint,
    );
}"#;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(liburing)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=/usr/include/liburing.h");
    if !has_header() {
        println!("cargo::warning=liburing.h is not installed (Debian: liburing-dev): this example only says so");
        return;
    }
    if let Err(error) = generate() {
        // Cargo shows what a failed build script wrote to standard error.
        eprintln!("{error}");
        std::process::exit(1);
    }
    println!("cargo::rustc-cfg=liburing");
}

/// Whether the C compiler finds the header.
fn has_header() -> bool {
    let Some(out) = std::env::var_os("OUT_DIR") else { return false };
    let probe = PathBuf::from(out).join("probe.c");
    let written = std::fs::write(&probe, "#include <liburing.h>\n").is_ok();
    written && cc::Build::new().file(&probe).cargo_warnings(false).try_expand().is_ok()
}

fn generate() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let bindings = Builder::new().header("liburing.h").allow(FUNCTIONS).shim(INLINE).contracts(CONTRACTS).generate()?;
    bindings.write(&out.join("c.rs"))?;
    bindings.compile_shim("uring_shim")?;
    Builder::new()
        .header("sys/eventfd.h")
        .allow("eventfd")
        .safe("eventfd")
        .generate()?
        .write(&out.join("eventfd.rs"))?;
    println!("cargo::rustc-link-lib=uring");
    Ok(())
}
