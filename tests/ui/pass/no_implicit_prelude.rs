// Nothing of the prelude is in scope, and nothing emitted needs it.

mod bare {
    #![no_implicit_prelude]

    use ::std::ffi::{c_char, c_int, c_void};

    #[::pinned_ffi::pinned_ffi]
    #[repr(C)]
    #[allow(non_camel_case_types)]
    pub struct iovec {
        iov_base: *mut c_void,
        iov_len: usize,
    }

    #[::pinned_ffi::pinned_ffi]
    #[repr(C)]
    pub struct Numbers {
        #[nullable]
        #[counted_by(n * 2 - min(n, 1))]
        values: *const i32,
        n: u32,
    }

    #[::pinned_ffi::pinned_ffi]
    unsafe extern "C" {
        pub fn abs(n: c_int) -> c_int;
        #[errno]
        pub safe fn read(fd: c_int, buf: *mut c_void, count: usize) -> isize;
        pub safe fn write(fd: c_int, buf: *const c_void, count: usize) -> isize;
        pub safe fn readv(fd: c_int, iov: *const iovec, iovcnt: c_int) -> isize;
        pub safe fn writev(fd: c_int, iov: *const iovec, iovcnt: c_int) -> isize;
        pub safe fn strlen(#[null_terminated] #[noescape] s: *const c_char) -> usize;
        #[errno(void)]
        pub safe fn nullable_parts(
            #[nullable] #[counted_by(count)] #[noescape] values: *const i32,
            count: usize,
            #[nullable] #[one] #[out] #[noescape] sum: *mut i64,
            #[nullable] #[one] #[inout] #[noescape] state: *mut i64,
            #[nullable] #[null_terminated] #[noescape] name: *const c_char,
            #[counted_by(2)] #[out] #[noescape] pair: *mut c_int,
        ) -> c_int;
        pub safe fn computed(
            #[counted_by(min(width * height + 4, 1000) / 2 - 1)] #[noescape] pixels: *const u32,
            width: u16,
            height: u16,
        );
        pub fn within(#[flow_through] #[one] numbers: *const Numbers);
        pub fn optional(value: ::core::option::Option<&i32>, callback: ::core::option::Option<unsafe extern "C" fn()>);
    }
}

fn main() {
    assert_eq!(bare::strlen(c"four"), 4);
    assert!(bare::read(-1, &mut [0_u8; 4]).is_err());
    assert!(bare::readv(-1, &mut [vec![0_u8; 4], vec![0_u8; 2]]).is_err());
}
