unsafe extern "C" {
    #[errno]
    pub fn forms_control(fd: i32, what: u64, ...) -> i32;

    #[form_of(forms_control, what = 7)]
    pub fn forms_plain(fd: i32) -> i32;

    /// The user's own words.
    #[form_of(forms_control, what = 8)]
    pub safe fn forms_filled(fd: i32, #[out] #[one] #[noescape] #[filled_by(1)] to: *mut u64) -> i32;

    pub fn forms_kept(
        #[opaque] handle: *mut c_void,
        #[sized_by(n)] #[noescape(when(free == -1))] #[retained(by = handle, until = [forms_end], when(free == 0))]
        #[transfer]
        data: *const c_void,
        n: usize,
        free: Option<unsafe extern "C" fn(*mut c_void)>,
    ) -> i32;

    #[form_of(forms_kept, free = -1)]
    #[idiomatic]
    pub fn forms_copied(handle: *mut c_void, data: *const c_void, n: usize) -> i32;

    #[form_of(forms_kept, handle = 0, free = 0)]
    pub fn forms_unheld(data: *const c_void, n: usize) -> i32;
}
