//! Pointer contracts of `<openssl/*.h>`.
// See the headers and manual pages of OpenSSL 3.0; each group names its page.
//
// Conventions of this file:
//  * What follows from names (get0, get1, set0, set1, new, free, up_ref, d2i, i2d) is not repeated here:
//    `contract::naming` knows it.
//  * Objects of the library are `opaque`. So is `#[out] #[opaque]` and `#[input] #[opaque]`: a buffer of the
//    caller's whose size no parameter tells, because it is the algorithm's own.
//  * `sized_by(n)` with an n of -1 asks for nothing: the memory is a C string then.
//  * User data may be any pointer or number, and is only handed back.

// EVP_DigestInit(3). A digest's size is the algorithm's own.
unsafe extern "C" {
    #[success(result > 0)]
    fn EVP_DigestInit(#[opaque] ctx: *mut EVP_MD_CTX, #[opaque] type_: *const EVP_MD) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestInit_ex(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[opaque] type_: *const EVP_MD,
        #[opaque] impl_: *mut ENGINE,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestInit_ex2(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[opaque] type_: *const EVP_MD,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestUpdate(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(cnt)] #[noescape] d: *const c_void,
        cnt: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestFinal(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] s: *mut c_uint,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestFinal_ex(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] s: *mut c_uint,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestFinalXOF(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[nonnull] #[sized_by(len)] #[filled_by(len)] md: *mut c_uchar,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_Digest(
        #[input] #[nonnull] #[sized_by(count)] #[noescape] data: *const c_void,
        count: size_t,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] size: *mut c_uint,
        #[opaque] type_: *const EVP_MD,
        #[opaque] impl_: *mut ENGINE,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_Q_digest(
        #[opaque] libctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] propq: *const c_char,
        #[input] #[nonnull] #[sized_by(datalen)] data: *const c_void,
        datalen: size_t,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] mdlen: *mut size_t,
    ) -> c_int;

    #[returns(owned, free = EVP_MD_free, nullable, opaque)]
    fn EVP_MD_fetch(
        #[opaque] ctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] #[noescape] algorithm: *const c_char,
        #[input] #[nullable] #[null_terminated] #[noescape] properties: *const c_char,
    ) -> *mut EVP_MD;

    #[returns(static, nullable, opaque)]
    fn EVP_get_digestbyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *const EVP_MD;

    #[returns(static, nonnull, opaque)]
    fn EVP_sha256() -> *const EVP_MD;

    #[returns(static, nonnull, opaque)]
    fn EVP_sha1() -> *const EVP_MD;

    #[returns(static, nonnull, opaque)]
    fn EVP_sha512() -> *const EVP_MD;

    #[returns(static, nonnull, opaque)]
    fn EVP_md5() -> *const EVP_MD;
}

// EVP_EncryptInit(3). Input and output may be the same buffer, exactly; the output may be null for
// additional data, the input too where only its length is told (CCM). How much an update writes
// depends on the mode and on what earlier calls left over. Key and IV have the lengths of the cipher.
unsafe extern "C" {
    #[success(result > 0)]
    fn EVP_EncryptInit(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_EncryptInit_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[opaque] impl_: *mut ENGINE,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_EncryptInit_ex2(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn EVP_EncryptUpdate(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
        #[input] #[nullable] #[sized_by(inl)] #[noescape] in_: *const c_uchar,
        inl: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_EncryptFinal(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_EncryptFinal_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DecryptInit(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DecryptInit_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[opaque] impl_: *mut ENGINE,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DecryptInit_ex2(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn EVP_DecryptUpdate(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
        #[input] #[nullable] #[sized_by(inl)] #[noescape] in_: *const c_uchar,
        inl: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DecryptFinal(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] outm: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DecryptFinal_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] outm: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_CipherInit(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
        enc: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_CipherInit_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[opaque] impl_: *mut ENGINE,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
        enc: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_CipherInit_ex2(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[opaque] cipher: *const EVP_CIPHER,
        #[input] #[opaque] key: *const c_uchar,
        #[input] #[opaque] iv: *const c_uchar,
        enc: c_int,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;

    #[success(result > 0)]
    #[may_alias]
    fn EVP_CipherUpdate(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
        #[input] #[nullable] #[sized_by(inl)] #[noescape] in_: *const c_uchar,
        inl: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_CipherFinal(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] outm: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_CipherFinal_ex(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] outm: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;

    #[may_alias]
    fn EVP_Cipher(
        #[opaque] c: *mut EVP_CIPHER_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[input] #[nullable] #[sized_by(inl)] #[noescape] in_: *const c_uchar,
        inl: c_uint,
    ) -> c_int;

    #[returns(owned, free = EVP_CIPHER_free, nullable, opaque)]
    fn EVP_CIPHER_fetch(
        #[opaque] ctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] #[noescape] algorithm: *const c_char,
        #[input] #[nullable] #[null_terminated] #[noescape] properties: *const c_char,
    ) -> *mut EVP_CIPHER;

    #[returns(static, nullable, opaque)]
    fn EVP_get_cipherbyname(#[input] #[nonnull] #[null_terminated] name: *const c_char) -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_128_cbc() -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_256_cbc() -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_128_gcm() -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_256_gcm() -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_128_ctr() -> *const EVP_CIPHER;

    #[returns(static, nonnull, opaque)]
    fn EVP_aes_256_ctr() -> *const EVP_CIPHER;

    // What ptr is depends on the command.
    #[success(result > 0)]
    fn EVP_CIPHER_CTX_ctrl(
        #[opaque] ctx: *mut EVP_CIPHER_CTX,
        type_: c_int,
        arg: c_int,
        #[opaque] ptr: *mut c_void,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_BytesToKey(
        #[opaque] type_: *const EVP_CIPHER,
        #[opaque] md: *const EVP_MD,
        #[input] #[nullable] #[counted_by(8)] salt: *const c_uchar,
        #[input] #[nullable] #[sized_by(datal)] data: *const c_uchar,
        datal: c_int,
        count: c_int,
        #[out] #[opaque] key: *mut c_uchar,
        #[out] #[opaque] iv: *mut c_uchar,
    ) -> c_int;
}

// EVP_DigestSignInit(3), EVP_DigestVerifyInit(3), EVP_SignInit(3). With a null signature only its size is told.
unsafe extern "C" {
    #[success(result > 0)]
    fn EVP_DigestSignInit(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[nullable] #[one] #[pointee(borrowed = ctx, nullable, opaque)] pctx: *mut *mut EVP_PKEY_CTX,
        #[opaque] type_: *const EVP_MD,
        #[opaque] e: *mut ENGINE,
        #[opaque] pkey: *mut EVP_PKEY,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestVerifyInit(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[nullable] #[one] #[pointee(borrowed = ctx, nullable, opaque)] pctx: *mut *mut EVP_PKEY_CTX,
        #[opaque] type_: *const EVP_MD,
        #[opaque] e: *mut ENGINE,
        #[opaque] pkey: *mut EVP_PKEY,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestSignUpdate(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(dsize)] data: *const c_void,
        dsize: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestVerifyUpdate(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(dsize)] data: *const c_void,
        dsize: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestSignFinal(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[nullable] #[sized_by(*siglen)] #[filled_by(*siglen)] sigret: *mut c_uchar,
        #[inout] #[nonnull] #[one] siglen: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestVerifyFinal(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(siglen)] sig: *const c_uchar,
        siglen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestSign(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[nullable] #[sized_by(*siglen)] #[filled_by(*siglen)] sigret: *mut c_uchar,
        #[inout] #[nonnull] #[one] siglen: *mut size_t,
        #[input] #[sized_by(tbslen)] tbs: *const c_uchar,
        tbslen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_DigestVerify(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(siglen)] sigret: *const c_uchar,
        siglen: size_t,
        #[input] #[nonnull] #[sized_by(tbslen)] tbs: *const c_uchar,
        tbslen: size_t,
    ) -> c_int;

    // As many bytes as EVP_PKEY_get_size tells.
    #[success(result > 0)]
    fn EVP_SignFinal(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nonnull] #[one] s: *mut c_uint,
        #[opaque] pkey: *mut EVP_PKEY,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_VerifyFinal(
        #[opaque] ctx: *mut EVP_MD_CTX,
        #[input] #[nonnull] #[sized_by(siglen)] sigbuf: *const c_uchar,
        siglen: c_uint,
        #[opaque] pkey: *mut EVP_PKEY,
    ) -> c_int;
}

// EVP_PKEY_sign(3), EVP_PKEY_verify(3), EVP_PKEY_encrypt(3), EVP_PKEY_decrypt(3), EVP_PKEY_derive(3),
// EVP_PKEY_encapsulate(3). With a null output only the size is told.
unsafe extern "C" {
    #[success(result > 0)]
    fn EVP_PKEY_sign(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*siglen)] #[filled_by(*siglen)] sig: *mut c_uchar,
        #[inout] #[nonnull] #[one] siglen: *mut size_t,
        #[input] #[sized_by(tbslen)] tbs: *const c_uchar,
        tbslen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_verify(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[input] #[nonnull] #[sized_by(siglen)] sig: *const c_uchar,
        siglen: size_t,
        #[input] #[nonnull] #[sized_by(tbslen)] tbs: *const c_uchar,
        tbslen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_verify_recover(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*routlen)] #[filled_by(*routlen)] rout: *mut c_uchar,
        #[inout] #[nonnull] #[one] routlen: *mut size_t,
        #[input] #[sized_by(siglen)] sig: *const c_uchar,
        siglen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_encrypt(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*outlen)] #[filled_by(*outlen)] out: *mut c_uchar,
        #[inout] #[nonnull] #[one] outlen: *mut size_t,
        #[input] #[sized_by(inlen)] in_: *const c_uchar,
        inlen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_decrypt(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*outlen)] #[filled_by(*outlen)] out: *mut c_uchar,
        #[inout] #[nonnull] #[one] outlen: *mut size_t,
        #[input] #[sized_by(inlen)] in_: *const c_uchar,
        inlen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_derive(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*keylen)] #[filled_by(*keylen)] key: *mut c_uchar,
        #[inout] #[nonnull] #[one] keylen: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_derive_set_peer(#[opaque] ctx: *mut EVP_PKEY_CTX, #[opaque] peer: *mut EVP_PKEY) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_encapsulate(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*wrappedkeylen)] #[filled_by(*wrappedkeylen)] wrappedkey: *mut c_uchar,
        #[inout] #[nullable] #[one] wrappedkeylen: *mut size_t,
        #[out] #[nullable] #[sized_by(*genkeylen)] #[filled_by(*genkeylen)] genkey: *mut c_uchar,
        #[inout] #[nullable] #[one] genkeylen: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_decapsulate(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[out] #[nullable] #[sized_by(*unwrappedlen)] #[filled_by(*unwrappedlen)] unwrapped: *mut c_uchar,
        #[inout] #[nonnull] #[one] unwrappedlen: *mut size_t,
        #[input] #[nonnull] #[sized_by(wrappedlen)] wrapped: *const c_uchar,
        wrappedlen: size_t,
    ) -> c_int;

    #[returns(owned, free = EVP_PKEY_CTX_free, nullable, opaque)]
    fn EVP_PKEY_CTX_new_id(id: c_int, #[opaque] e: *mut ENGINE) -> *mut EVP_PKEY_CTX;

    #[returns(owned, free = EVP_PKEY_CTX_free, nullable, opaque)]
    fn EVP_PKEY_CTX_new_from_name(
        #[opaque] libctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] propquery: *const c_char,
    ) -> *mut EVP_PKEY_CTX;

    #[success(result > 0)]
    fn EVP_PKEY_keygen(
        #[opaque] ctx: *mut EVP_PKEY_CTX,
        #[inout] #[nonnull] #[one] #[pointee(owned, free = EVP_PKEY_free, nullable, opaque)] ppkey: *mut *mut EVP_PKEY,
    ) -> c_int;

    #[returns(owned, free = EVP_PKEY_free, nullable, opaque)]
    fn EVP_PKEY_new_raw_private_key(
        type_: c_int,
        #[opaque] e: *mut ENGINE,
        #[input] #[nonnull] #[sized_by(len)] key: *const c_uchar,
        len: size_t,
    ) -> *mut EVP_PKEY;

    #[returns(owned, free = EVP_PKEY_free, nullable, opaque)]
    fn EVP_PKEY_new_raw_public_key(
        type_: c_int,
        #[opaque] e: *mut ENGINE,
        #[input] #[nonnull] #[sized_by(len)] key: *const c_uchar,
        len: size_t,
    ) -> *mut EVP_PKEY;

    #[success(result > 0)]
    fn EVP_PKEY_get_raw_private_key(
        #[opaque] pkey: *const EVP_PKEY,
        #[out] #[nullable] #[sized_by(*len)] #[filled_by(*len)] key: *mut c_uchar,
        #[inout] #[nonnull] #[one] len: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_get_raw_public_key(
        #[opaque] pkey: *const EVP_PKEY,
        #[out] #[nullable] #[sized_by(*len)] #[filled_by(*len)] key: *mut c_uchar,
        #[inout] #[nonnull] #[one] len: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PKEY_get1_encoded_public_key(
        #[opaque] pkey: *mut EVP_PKEY,
        #[out] #[nonnull] #[one] #[pointee(owned, free = CRYPTO_free, nullable)] ppub: *mut *mut c_uchar,
    ) -> size_t;
}

// EVP_EncodeInit(3): base64. EncodeBlock writes a zero behind its text.
unsafe extern "C" {
    fn EVP_EncodeBlock(
        #[out] #[nonnull] #[counted_by(4 * ((n + 2) / 3) + 1)] #[filled_by(4 * ((n + 2) / 3) + 1)] t: *mut c_uchar,
        #[input] #[nonnull] #[sized_by(n)] f: *const c_uchar,
        n: c_int,
    ) -> c_int;

    fn EVP_DecodeBlock(
        #[out] #[opaque] t: *mut c_uchar,
        #[input] #[nonnull] #[sized_by(n)] f: *const c_uchar,
        n: c_int,
    ) -> c_int;

    fn EVP_EncodeUpdate(
        #[opaque] ctx: *mut EVP_ENCODE_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
        #[input] #[nonnull] #[sized_by(inl)] in_: *const c_uchar,
        inl: c_int,
    ) -> c_int;

    fn EVP_EncodeFinal(
        #[opaque] ctx: *mut EVP_ENCODE_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    );

    fn EVP_DecodeUpdate(
        #[opaque] ctx: *mut EVP_ENCODE_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
        #[input] #[nonnull] #[sized_by(inl)] in_: *const c_uchar,
        inl: c_int,
    ) -> c_int;

    fn EVP_DecodeFinal(
        #[opaque] ctx: *mut EVP_ENCODE_CTX,
        #[out] #[opaque] out: *mut c_uchar,
        #[out] #[nonnull] #[one] outl: *mut c_int,
    ) -> c_int;
}

// PKCS5_PBKDF2_HMAC(3), EVP_PBE_scrypt(3). A password length of -1 means a C string; a null key asks
// scrypt whether the parameters are accepted.
unsafe extern "C" {
    #[success(result > 0)]
    fn PKCS5_PBKDF2_HMAC(
        #[input] #[nullable] #[sized_by(passlen)] pass: *const c_char,
        passlen: c_int,
        #[input] #[nullable] #[sized_by(saltlen)] salt: *const c_uchar,
        saltlen: c_int,
        iter: c_int,
        #[opaque] digest: *const EVP_MD,
        keylen: c_int,
        #[out] #[nonnull] #[sized_by(keylen)] #[filled_by(keylen)] out: *mut c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn PKCS5_PBKDF2_HMAC_SHA1(
        #[input] #[nullable] #[sized_by(passlen)] pass: *const c_char,
        passlen: c_int,
        #[input] #[nullable] #[sized_by(saltlen)] salt: *const c_uchar,
        saltlen: c_int,
        iter: c_int,
        keylen: c_int,
        #[out] #[nonnull] #[sized_by(keylen)] #[filled_by(keylen)] out: *mut c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_PBE_scrypt(
        #[input] #[nullable] #[sized_by(passlen)] pass: *const c_char,
        passlen: size_t,
        #[input] #[nullable] #[sized_by(saltlen)] salt: *const c_uchar,
        saltlen: size_t,
        N: u64,
        r: u64,
        p: u64,
        maxmem: u64,
        #[out] #[nullable] #[sized_by(keylen)] key: *mut c_uchar,
        keylen: size_t,
    ) -> c_int;
}

// EVP_MAC(3), EVP_KDF(3). Parameters end with an entry without a key, which no extent can say.
unsafe extern "C" {
    #[returns(owned, free = EVP_MAC_free, nullable, opaque)]
    fn EVP_MAC_fetch(
        #[opaque] libctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] algorithm: *const c_char,
        #[input] #[nullable] #[null_terminated] properties: *const c_char,
    ) -> *mut EVP_MAC;

    #[success(result > 0)]
    fn EVP_MAC_init(
        #[opaque] ctx: *mut EVP_MAC_CTX,
        #[input] #[nullable] #[sized_by(keylen)] key: *const c_uchar,
        keylen: size_t,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_MAC_update(
        #[opaque] ctx: *mut EVP_MAC_CTX,
        #[input] #[nonnull] #[sized_by(datalen)] data: *const c_uchar,
        datalen: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_MAC_final(
        #[opaque] ctx: *mut EVP_MAC_CTX,
        #[out] #[nullable] #[sized_by(outsize)] #[filled_by(*outl)] out: *mut c_uchar,
        #[out] #[nullable] #[one] outl: *mut size_t,
        outsize: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn EVP_MAC_finalXOF(
        #[opaque] ctx: *mut EVP_MAC_CTX,
        #[out] #[nonnull] #[sized_by(outsize)] #[filled_by(outsize)] out: *mut c_uchar,
        outsize: size_t,
    ) -> c_int;

    #[returns(borrowed = out, owned, free = CRYPTO_free, nullable)]
    fn EVP_Q_mac(
        #[opaque] libctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] propq: *const c_char,
        #[input] #[nullable] #[null_terminated] subalg: *const c_char,
        #[opaque] params: *const OSSL_PARAM,
        #[input] #[nonnull] #[sized_by(keylen)] key: *const c_void,
        keylen: size_t,
        #[input] #[nonnull] #[sized_by(datalen)] data: *const c_uchar,
        datalen: size_t,
        #[out] #[nullable] #[sized_by(outsize)] #[filled_by(*outlen)] out: *mut c_uchar,
        outsize: size_t,
        #[out] #[nullable] #[one] outlen: *mut size_t,
    ) -> *mut c_uchar;

    #[returns(owned, free = EVP_KDF_free, nullable, opaque)]
    fn EVP_KDF_fetch(
        #[opaque] libctx: *mut OSSL_LIB_CTX,
        #[input] #[nonnull] #[null_terminated] algorithm: *const c_char,
        #[input] #[nullable] #[null_terminated] properties: *const c_char,
    ) -> *mut EVP_KDF;

    #[success(result > 0)]
    fn EVP_KDF_derive(
        #[opaque] ctx: *mut EVP_KDF_CTX,
        #[out] #[nonnull] #[sized_by(keylen)] #[filled_by(keylen)] key: *mut c_uchar,
        keylen: size_t,
        #[opaque] params: *const OSSL_PARAM,
    ) -> c_int;
}

// HMAC(3). Without an output buffer the result is in a static one.
unsafe extern "C" {
    #[returns(borrowed = md, static, nullable)]
    fn HMAC(
        #[opaque] evp_md: *const EVP_MD,
        #[input] #[nullable] #[sized_by(key_len)] key: *const c_void,
        key_len: c_int,
        #[input] #[nonnull] #[sized_by(data_len)] data: *const c_uchar,
        data_len: size_t,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] md_len: *mut c_uint,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn HMAC_Init_ex(
        #[opaque] ctx: *mut HMAC_CTX,
        #[input] #[nullable] #[sized_by(len)] key: *const c_void,
        len: c_int,
        #[opaque] md: *const EVP_MD,
        #[opaque] impl_: *mut ENGINE,
    ) -> c_int;

    #[success(result > 0)]
    fn HMAC_Update(
        #[opaque] ctx: *mut HMAC_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_uchar,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn HMAC_Final(
        #[opaque] ctx: *mut HMAC_CTX,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] len: *mut c_uint,
    ) -> c_int;
}

// SHA256_Init(3), MD5_Init(3). Without an output buffer the result is in a static one.
unsafe extern "C" {
    #[returns(borrowed = md, static, nullable, counted_by(20))]
    fn SHA1(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(20)] #[filled_by(20)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn SHA1_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut SHA_CTX) -> c_int;

    #[success(result > 0)]
    fn SHA1_Update(
        #[inout] #[nonnull] #[one] c: *mut SHA_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn SHA1_Final(
        #[out] #[nonnull] #[counted_by(20)] #[filled_by(20)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut SHA_CTX,
    ) -> c_int;

    #[returns(borrowed = md, static, nullable, counted_by(28))]
    fn SHA224(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(28)] #[filled_by(28)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn SHA224_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut SHA256_CTX) -> c_int;

    #[success(result > 0)]
    fn SHA224_Update(
        #[inout] #[nonnull] #[one] c: *mut SHA256_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn SHA224_Final(
        #[out] #[nonnull] #[counted_by(28)] #[filled_by(28)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut SHA256_CTX,
    ) -> c_int;

    #[returns(borrowed = md, static, nullable, counted_by(32))]
    fn SHA256(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(32)] #[filled_by(32)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn SHA256_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut SHA256_CTX) -> c_int;

    #[success(result > 0)]
    fn SHA256_Update(
        #[inout] #[nonnull] #[one] c: *mut SHA256_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn SHA256_Final(
        #[out] #[nonnull] #[counted_by(32)] #[filled_by(32)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut SHA256_CTX,
    ) -> c_int;

    #[returns(borrowed = md, static, nullable, counted_by(48))]
    fn SHA384(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(48)] #[filled_by(48)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn SHA384_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut SHA512_CTX) -> c_int;

    #[success(result > 0)]
    fn SHA384_Update(
        #[inout] #[nonnull] #[one] c: *mut SHA512_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn SHA384_Final(
        #[out] #[nonnull] #[counted_by(48)] #[filled_by(48)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut SHA512_CTX,
    ) -> c_int;

    #[returns(borrowed = md, static, nullable, counted_by(64))]
    fn SHA512(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(64)] #[filled_by(64)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn SHA512_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut SHA512_CTX) -> c_int;

    #[success(result > 0)]
    fn SHA512_Update(
        #[inout] #[nonnull] #[one] c: *mut SHA512_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn SHA512_Final(
        #[out] #[nonnull] #[counted_by(64)] #[filled_by(64)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut SHA512_CTX,
    ) -> c_int;

    #[returns(borrowed = md, static, nullable, counted_by(16))]
    fn MD5(
        #[input] #[nonnull] #[sized_by(n)] d: *const c_uchar,
        n: size_t,
        #[out] #[nullable] #[counted_by(16)] #[filled_by(16)] md: *mut c_uchar,
    ) -> *mut c_uchar;

    #[success(result > 0)]
    fn MD5_Init(#[out] #[nonnull] #[one] #[filled_by(1)] c: *mut MD5_CTX) -> c_int;

    #[success(result > 0)]
    fn MD5_Update(
        #[inout] #[nonnull] #[one] c: *mut MD5_CTX,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_void,
        len: size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn MD5_Final(
        #[out] #[nonnull] #[counted_by(16)] #[filled_by(16)] md: *mut c_uchar,
        #[inout] #[nonnull] #[one] c: *mut MD5_CTX,
    ) -> c_int;
}

// RAND_bytes(3), RAND_add(3), RAND_load_file(3).
unsafe extern "C" {
    #[success(result > 0)]
    fn RAND_bytes(#[out] #[nonnull] #[sized_by(num)] #[filled_by(num)] buf: *mut c_uchar, num: c_int) -> c_int;

    #[success(result > 0)]
    fn RAND_priv_bytes(#[out] #[nonnull] #[sized_by(num)] #[filled_by(num)] buf: *mut c_uchar, num: c_int) -> c_int;

    #[success(result > 0)]
    fn RAND_bytes_ex(
        #[opaque] ctx: *mut OSSL_LIB_CTX,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(num)] buf: *mut c_uchar,
        num: size_t,
        strength: c_uint,
    ) -> c_int;

    #[success(result > 0)]
    fn RAND_priv_bytes_ex(
        #[opaque] ctx: *mut OSSL_LIB_CTX,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(num)] buf: *mut c_uchar,
        num: size_t,
        strength: c_uint,
    ) -> c_int;

    fn RAND_seed(#[input] #[nonnull] #[sized_by(num)] buf: *const c_void, num: c_int);

    fn RAND_add(#[input] #[nonnull] #[sized_by(num)] buf: *const c_void, num: c_int, randomness: f64);

    fn RAND_load_file(#[input] #[nonnull] #[null_terminated] file: *const c_char, max_bytes: c_long) -> c_int;

    fn RAND_write_file(#[input] #[nonnull] #[null_terminated] file: *const c_char) -> c_int;

    #[returns(borrowed = file, nullable, null_terminated)]
    fn RAND_file_name(#[out] #[nonnull] #[sized_by(num)] file: *mut c_char, num: size_t) -> *const c_char;
}

// BIO_new(3), BIO_push(3). BIO_push keeps no count: freeing the chain is up to the caller.
unsafe extern "C" {
    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_file(
        #[input] #[nonnull] #[null_terminated] filename: *const c_char,
        #[input] #[nonnull] #[null_terminated] mode: *const c_char,
    ) -> *mut BIO;

    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_fp(#[opaque] stream: *mut FILE, close_flag: c_int) -> *mut BIO;

    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_fd(fd: c_int, close_flag: c_int) -> *mut BIO;

    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_socket(sock: c_int, close_flag: c_int) -> *mut BIO;

    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_connect(#[input] #[nonnull] #[null_terminated] host_port: *const c_char) -> *mut BIO;

    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_accept(#[input] #[nonnull] #[null_terminated] host_port: *const c_char) -> *mut BIO;

    #[success(result > 0)]
    fn BIO_new_bio_pair(
        #[out] #[nonnull] #[one] #[pointee(owned, free = BIO_free, nullable, opaque)] bio1: *mut *mut BIO,
        writebuf1: size_t,
        #[out] #[nonnull] #[one] #[pointee(owned, free = BIO_free, nullable, opaque)] bio2: *mut *mut BIO,
        writebuf2: size_t,
    ) -> c_int;

    // Reads the caller's memory, which it neither copies nor writes; a length of -1 means a C string.
    #[returns(owned, free = BIO_free, nullable, opaque)]
    fn BIO_new_mem_buf(
        #[input] #[nonnull] #[sized_by(len)]
        #[retained(by = result, until = [BIO_free(on(success)), BIO_free_all, BIO_vfree])]
        buf: *const c_void,
        len: c_int,
    ) -> *mut BIO;

    // Counted: where there are no others, BIO_free and its like release it, and only what BIO_up_ref gives is another.
    #[success(result > 0)]
    fn BIO_free(#[opaque] #[nullable] #[transfer] a: *mut BIO) -> c_int;

    #[success(result > 0)]
    #[unsafe_beyond_pointers("what the BIO reads must stay until its last owner has gone, and BIO_free does not tell which is the last")]
    fn BIO_up_ref(#[opaque] a: *mut BIO) -> c_int;

    fn BIO_free_all(#[opaque] #[nullable] #[transfer] a: *mut BIO);

    fn BIO_vfree(#[opaque] #[nullable] #[transfer] a: *mut BIO);

    #[returns(borrowed = b, opaque)]
    fn BIO_push(#[opaque] b: *mut BIO, #[opaque] append: *mut BIO) -> *mut BIO;

    #[returns(owned, free = BIO_free_all, nullable, opaque)]
    fn BIO_dup_chain(#[opaque] in_: *mut BIO) -> *mut BIO;

    #[returns(static, nonnull, opaque)]
    fn BIO_s_mem() -> *const BIO_METHOD;

    #[returns(static, nonnull, opaque)]
    fn BIO_s_file() -> *const BIO_METHOD;

    #[returns(static, nonnull, opaque)]
    fn BIO_s_null() -> *const BIO_METHOD;

    #[returns(static, nonnull, opaque)]
    fn BIO_f_base64() -> *const BIO_METHOD;
}

// BIO_read(3), BIO_ctrl(3), BIO_set_callback(3).
unsafe extern "C" {
    #[success(result > 0)]
    fn BIO_read(
        #[opaque] b: *mut BIO,
        #[out] #[nonnull] #[sized_by(dlen)] #[filled_by(return)] data: *mut c_void,
        dlen: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn BIO_read_ex(
        #[opaque] b: *mut BIO,
        #[out] #[nonnull] #[sized_by(dlen)] #[filled_by(*readbytes)] data: *mut c_void,
        dlen: size_t,
        #[out] #[nonnull] #[one] readbytes: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn BIO_gets(#[opaque] bp: *mut BIO, #[out] #[nonnull] #[sized_by(size)] buf: *mut c_char, size: c_int) -> c_int;

    #[success(result > 0)]
    fn BIO_get_line(
        #[opaque] bio: *mut BIO,
        #[out] #[nonnull] #[sized_by(size)] buf: *mut c_char,
        size: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn BIO_write(
        #[opaque] b: *mut BIO,
        #[input] #[nonnull] #[sized_by(dlen)] #[noescape] data: *const c_void,
        dlen: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn BIO_write_ex(
        #[opaque] b: *mut BIO,
        #[input] #[nonnull] #[sized_by(dlen)] #[noescape] data: *const c_void,
        dlen: size_t,
        #[out] #[one] written: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    fn BIO_puts(
        #[opaque] bp: *mut BIO,
        #[input] #[nonnull] #[null_terminated] #[noescape] buf: *const c_char,
    ) -> c_int;

    fn BIO_nread0(
        #[opaque] bio: *mut BIO,
        #[out] #[nonnull] #[one] #[pointee(borrowed = bio)] buf: *mut *mut c_char,
    ) -> c_int;

    fn BIO_nread(
        #[opaque] bio: *mut BIO,
        #[out] #[nonnull] #[one] #[pointee(borrowed = bio, sized_by(result))] buf: *mut *mut c_char,
        num: c_int,
    ) -> c_int;

    fn BIO_nwrite0(
        #[opaque] bio: *mut BIO,
        #[out] #[nonnull] #[one] #[pointee(borrowed = bio)] buf: *mut *mut c_char,
    ) -> c_int;

    fn BIO_nwrite(
        #[opaque] bio: *mut BIO,
        #[out] #[nonnull] #[one] #[pointee(borrowed = bio, sized_by(result))] buf: *mut *mut c_char,
        num: c_int,
    ) -> c_int;

    fn BIO_dump(
        #[opaque] b: *mut BIO,
        #[input] #[nonnull] #[sized_by(len)] bytes: *const c_void,
        len: c_int,
    ) -> c_int;

    fn BIO_dump_indent(
        #[opaque] b: *mut BIO,
        #[input] #[nonnull] #[sized_by(len)] bytes: *const c_void,
        len: c_int,
        indent: c_int,
    ) -> c_int;

    // What parg is depends on the command.
    fn BIO_ctrl(#[opaque] bp: *mut BIO, cmd: c_int, larg: c_long, #[opaque] parg: *mut c_void) -> c_long;

    #[success(result > 0)]
    fn BIO_set_ex_data(#[opaque] bio: *mut BIO, idx: c_int, #[opaque] data: *mut c_void) -> c_int;

    #[returns(opaque, nullable)]
    fn BIO_get_ex_data(#[opaque] bio: *const BIO, idx: c_int) -> *mut c_void;

    fn BIO_set_data(#[opaque] a: *mut BIO, #[opaque] ptr: *mut c_void);

    #[returns(opaque, nullable)]
    fn BIO_get_data(#[opaque] a: *mut BIO) -> *mut c_void;

    fn BIO_set_callback_arg(#[opaque] b: *mut BIO, #[opaque] arg: *mut c_char);

    // It sees an operation before it (what is not above 0 stops it, and the release of the last owner too, whose BIO is lost then)
    // and, with BIO_CB_RETURN, its result, which it may change.
    fn BIO_set_callback_ex(
        #[opaque] b: *mut BIO,
        #[nullable] #[callback(scope = notified, destroy = BIO_free, on_panic = -1)]
        callback: Option<unsafe extern "C" fn(
            #[opaque] b: *mut BIO, oper: c_int, argp: *const c_char, len: size_t, argi: c_int, argl: c_long, ret: c_int,
            processed: *mut size_t,
        ) -> c_long>,
    );

    #[returns(nullable, opaque)]
    fn BIO_get_callback_arg(#[opaque] b: *const BIO) -> *mut c_char;

    // The same as a closure. BIO_free does not tell which owner is the last, so nothing ends it but another in its place, or none:
    // that goes before the BIO. Reading and writing do not wait for its panics: for their buffers' sake they are no `calls_back`.
    #[form_of(BIO_set_callback_ex, before(BIO_set_callback_arg(b, data)))]
    fn BIO_set_callback_closure(
        #[nonnull] #[opaque] b: *mut BIO,
        #[nullable] #[callback(userdata = data, scope = notified, on_panic = -1)]
        callback: Option<unsafe extern "C" fn(
            #[userdata(BIO_get_callback_arg)] #[opaque] b: *mut BIO, oper: c_int, argp: *const c_char, len: size_t, argi: c_int,
            argl: c_long, ret: c_int, processed: *mut size_t,
        ) -> c_long>,
        #[nullable] #[address] #[retained(by = b, until = [BIO_set_callback_closure])] data: *mut c_void,
    );

    #[returns(owned, free = CRYPTO_free, nullable, null_terminated)]
    fn BIO_ADDR_hostname_string(#[opaque] ap: *const BIO_ADDR, numeric: c_int) -> *mut c_char;

    #[returns(owned, free = CRYPTO_free, nullable, null_terminated)]
    fn BIO_ADDR_service_string(#[opaque] ap: *const BIO_ADDR, numeric: c_int) -> *mut c_char;
}

// Macros over BIO_ctrl: what they tell is the BIO's own, and null with length 0 where it is empty.
unsafe extern "C" {
    #[form_of(BIO_ctrl, cmd = BIO_CTRL_INFO, larg = 0)]
    fn BIO_get_mem_data(
        #[opaque] bp: *mut BIO,
        #[out] #[nullable] #[sized_by(8)] #[pointee(borrowed = bp, nullable, sized_by(result))] parg: *mut c_void,
    ) -> c_long;

    #[form_of(BIO_ctrl, cmd = BIO_C_GET_BUF_MEM_PTR, larg = 0)]
    fn BIO_get_mem_ptr(
        #[opaque] bp: *mut BIO,
        #[out] #[nullable] #[sized_by(8)] #[pointee(borrowed = bp, one)] parg: *mut c_void,
    ) -> c_long;
}

// ERR_error_string(3), ERR_get_error(3). What these give lives as long as the process, or as the error
// stays queued.
unsafe extern "C" {
    #[returns(borrowed = buf, static, null_terminated)]
    fn ERR_error_string(e: c_ulong, #[out] #[nullable] #[sized_by(256)] buf: *mut c_char) -> *mut c_char;

    fn ERR_error_string_n(e: c_ulong, #[out] #[nonnull] #[sized_by(len)] buf: *mut c_char, len: size_t);

    #[returns(static, nullable, null_terminated)]
    fn ERR_lib_error_string(e: c_ulong) -> *const c_char;

    #[returns(static, nullable, null_terminated)]
    fn ERR_reason_error_string(e: c_ulong) -> *const c_char;

    fn ERR_print_errors_cb(
        #[callback(userdata = u, scope = call, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(#[input] #[sized_by(len)] str: *const c_char, len: size_t, u: *mut c_void) -> c_int>,
        #[opaque] u: *mut c_void,
    );

    fn ERR_print_errors_fp(#[opaque] fp: *mut FILE);

    fn ERR_print_errors(#[opaque] bp: *mut BIO);
}

// OBJ_nid2obj(3), ASN1_STRING_length(3). A length of -1 means a C string.
unsafe extern "C" {
    #[returns(static, nullable, null_terminated)]
    fn OBJ_nid2sn(n: c_int) -> *const c_char;

    #[returns(static, nullable, null_terminated)]
    fn OBJ_nid2ln(n: c_int) -> *const c_char;

    #[returns(static, nullable, opaque)]
    fn OBJ_nid2obj(n: c_int) -> *mut ASN1_OBJECT;

    fn OBJ_sn2nid(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> c_int;

    fn OBJ_ln2nid(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> c_int;

    fn OBJ_txt2nid(#[input] #[nonnull] #[null_terminated] s: *const c_char) -> c_int;

    #[returns(owned, free = ASN1_OBJECT_free, nullable, opaque)]
    fn OBJ_txt2obj(#[input] #[nonnull] #[null_terminated] s: *const c_char, no_name: c_int) -> *mut ASN1_OBJECT;

    fn OBJ_obj2txt(
        #[out] #[nullable] #[sized_by(buf_len)] buf: *mut c_char,
        buf_len: c_int,
        #[opaque] a: *const ASN1_OBJECT,
        no_name: c_int,
    ) -> c_int;

    fn OBJ_create(
        #[input] #[null_terminated] oid: *const c_char,
        #[input] #[nullable] #[null_terminated] sn: *const c_char,
        #[input] #[nullable] #[null_terminated] ln: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn ASN1_STRING_set(
        #[opaque] str: *mut ASN1_STRING,
        #[input] #[nullable] #[sized_by(len)] data: *const c_void,
        len: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn ASN1_OCTET_STRING_set(
        #[opaque] str: *mut ASN1_OCTET_STRING,
        #[input] #[nullable] #[sized_by(len)] data: *const c_uchar,
        len: c_int,
    ) -> c_int;

    fn ASN1_STRING_to_UTF8(
        #[out] #[nonnull] #[one] #[pointee(owned, free = CRYPTO_free, nullable, sized_by(result))] out: *mut *mut c_uchar,
        #[opaque] in_: *const ASN1_STRING,
    ) -> c_int;
}

// CRYPTO_malloc(3), CRYPTO_set_mem_functions(3), CRYPTO_memcmp(3). File names are for debugging.
unsafe extern "C" {
    #[returns(owned, free = CRYPTO_free, nullable, sized_by(num))]
    fn CRYPTO_malloc(
        num: size_t,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        line: c_int,
    ) -> *mut c_void;

    #[returns(owned, free = CRYPTO_free, nullable, sized_by(num))]
    fn CRYPTO_zalloc(
        num: size_t,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        line: c_int,
    ) -> *mut c_void;

    #[returns(owned, free = CRYPTO_free, nullable, sized_by(siz))]
    fn CRYPTO_memdup(
        #[input] #[nullable] #[sized_by(siz)] str: *const c_void,
        siz: size_t,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        line: c_int,
    ) -> *mut c_void;

    #[returns(owned, free = CRYPTO_free, nullable, null_terminated)]
    fn CRYPTO_strdup(
        #[input] #[nullable] #[null_terminated] str: *const c_char,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        line: c_int,
    ) -> *mut c_char;

    fn CRYPTO_free(
        #[opaque] #[nullable] #[transfer] ptr: *mut c_void,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        line: c_int,
    );

    #[success(result > 0)]
    fn CRYPTO_set_mem_functions(
        #[callback(scope = forever)] malloc_fn: CRYPTO_malloc_fn,
        #[callback(scope = forever)] realloc_fn: CRYPTO_realloc_fn,
        #[callback(scope = forever)] free_fn: CRYPTO_free_fn,
    ) -> c_int;

    fn OPENSSL_cleanse(#[out] #[nonnull] #[sized_by(len)] #[filled_by(len)] ptr: *mut c_void, len: size_t);

    fn CRYPTO_memcmp(
        #[input] #[nonnull] #[sized_by(len)] in_a: *const c_void,
        #[input] #[nonnull] #[sized_by(len)] in_b: *const c_void,
        len: size_t,
    ) -> c_int;

    fn OPENSSL_strlcpy(
        #[out] #[nonnull] #[sized_by(siz)] dst: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
        siz: size_t,
    ) -> size_t;

    fn OPENSSL_strlcat(
        #[inout] #[nonnull] #[sized_by(siz)] dst: *mut c_char,
        #[input] #[nonnull] #[null_terminated] src: *const c_char,
        siz: size_t,
    ) -> size_t;

    #[success(result > 0)]
    fn OPENSSL_buf2hexstr_ex(
        #[out] #[nullable] #[sized_by(str_n)] str: *mut c_char,
        str_n: size_t,
        #[out] #[nullable] #[one] strlength: *mut size_t,
        #[input] #[nonnull] #[sized_by(buflen)] buf: *const c_uchar,
        buflen: size_t,
        sep: c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn OPENSSL_hexstr2buf_ex(
        #[out] #[nullable] #[sized_by(buf_n)] buf: *mut c_uchar,
        buf_n: size_t,
        #[out] #[nullable] #[one] buflen: *mut size_t,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
        sep: c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn CRYPTO_set_ex_data(#[opaque] ad: *mut CRYPTO_EX_DATA, idx: c_int, #[opaque] val: *mut c_void) -> c_int;

    #[returns(opaque, nullable)]
    fn CRYPTO_get_ex_data(#[opaque] ad: *const CRYPTO_EX_DATA, idx: c_int) -> *mut c_void;
}

// CRYPTO_get_ex_new_index(3). The functions are for all objects of a class, on whatever thread these are made and freed.
// CRYPTO_free_ex_index does not wait for one that runs, so nothing is their end. `free` gets what the object has under the index:
// null where nobody has set it.
unsafe extern "C" {
    #[success(result >= 0)]
    fn CRYPTO_get_ex_new_index(
        class_index: c_int,
        argl: c_long,
        #[nullable] #[address] #[retained(forever, on(success))] argp: *mut c_void,
        #[nullable] #[callback(userdata = argp, scope = forever, thread = any_thread)]
        new_func: Option<unsafe extern "C" fn(
            parent: *mut c_void, ptr: *mut c_void, ad: *mut CRYPTO_EX_DATA, idx: c_int, argl: c_long, argp: *mut c_void,
        )>,
        #[nullable] #[callback(userdata = argp, scope = forever, thread = any_thread, on_panic = 0)]
        dup_func: Option<unsafe extern "C" fn(
            to: *mut CRYPTO_EX_DATA, from: *const CRYPTO_EX_DATA, from_d: *mut *mut c_void, idx: c_int, argl: c_long,
            argp: *mut c_void,
        ) -> c_int>,
        #[nullable] #[callback(userdata = argp, scope = forever, thread = any_thread)]
        free_func: Option<unsafe extern "C" fn(
            parent: *mut c_void, ptr: *mut c_void, ad: *mut CRYPTO_EX_DATA, idx: c_int, argl: c_long, argp: *mut c_void,
        )>,
    ) -> c_int;

    #[success(result > 0)]
    fn CRYPTO_free_ex_index(class_index: c_int, idx: c_int) -> c_int;
}

// DEFINE_STACK_OF(3). A stack stores what it is given and looks at none of it; whether it owns the
// objects shows in how it is freed.
unsafe extern "C" {
    #[returns(owned, free = OPENSSL_sk_free, nullable, opaque)]
    fn OPENSSL_sk_new_null() -> *mut OPENSSL_STACK;

    #[success(result > 0)]
    fn OPENSSL_sk_push(#[opaque] st: *mut OPENSSL_STACK, #[opaque] data: *const c_void) -> c_int;

    #[success(result > 0)]
    fn OPENSSL_sk_unshift(#[opaque] st: *mut OPENSSL_STACK, #[opaque] data: *const c_void) -> c_int;

    #[success(result > 0)]
    fn OPENSSL_sk_insert(#[opaque] sk: *mut OPENSSL_STACK, #[opaque] data: *const c_void, where_: c_int) -> c_int;

    #[returns(opaque, nullable)]
    fn OPENSSL_sk_set(#[opaque] st: *mut OPENSSL_STACK, i: c_int, #[opaque] data: *const c_void) -> *mut c_void;

    fn OPENSSL_sk_num(#[opaque] st: *const OPENSSL_STACK) -> c_int;

    #[returns(opaque, nullable)]
    fn OPENSSL_sk_value(#[opaque] st: *const OPENSSL_STACK, arg2: c_int) -> *mut c_void;

    #[returns(opaque, nullable)]
    fn OPENSSL_sk_pop(#[opaque] st: *mut OPENSSL_STACK) -> *mut c_void;

    #[returns(opaque, nullable)]
    fn OPENSSL_sk_shift(#[opaque] st: *mut OPENSSL_STACK) -> *mut c_void;

    fn OPENSSL_sk_free(#[opaque] #[nullable] #[transfer] st: *mut OPENSSL_STACK);

    fn OPENSSL_sk_pop_free(
        #[opaque] #[nullable] #[transfer] st: *mut OPENSSL_STACK,
        #[nullable] #[callback(scope = call)] func: Option<unsafe extern "C" fn(arg: *mut c_void)>,
    );
}

// SSL_CTX_use_certificate(3), SSL_CTX_load_verify_locations(3). Objects are counted once more.
unsafe extern "C" {
    #[success(result > 0)]
    // What reads a key or a certificate may ask for a password.
    #[calls_back]
    fn SSL_CTX_use_certificate_file(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
        type_: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_CTX_use_PrivateKey_file(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
        type_: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_CTX_use_certificate_chain_file(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_use_certificate_file(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
        type_: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_use_PrivateKey_file(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
        type_: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_use_certificate_chain_file(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[null_terminated] file: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_use_certificate(#[opaque] ctx: *mut SSL_CTX, #[opaque] x: *mut X509) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_use_PrivateKey(#[opaque] ctx: *mut SSL_CTX, #[opaque] pkey: *mut EVP_PKEY) -> c_int;

    #[success(result > 0)]
    fn SSL_use_certificate(#[opaque] ssl: *mut SSL, #[opaque] x: *mut X509) -> c_int;

    #[success(result > 0)]
    fn SSL_use_PrivateKey(#[opaque] ssl: *mut SSL, #[opaque] pkey: *mut EVP_PKEY) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_use_certificate_ASN1(
        #[opaque] ctx: *mut SSL_CTX,
        len: c_int,
        #[input] #[nonnull] #[sized_by(len)] d: *const c_uchar,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_use_certificate_ASN1(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[sized_by(len)] d: *const c_uchar,
        len: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_use_PrivateKey_ASN1(
        pk: c_int,
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[sized_by(len)] d: *const c_uchar,
        len: c_long,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_use_PrivateKey_ASN1(
        pk: c_int,
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[sized_by(len)] d: *const c_uchar,
        len: c_long,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_load_verify_locations(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nullable] #[null_terminated] CAfile: *const c_char,
        #[input] #[nullable] #[null_terminated] CApath: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_load_verify_file(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] CAfile: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_set_cipher_list(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_set_cipher_list(
        #[opaque] s: *mut SSL,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_CTX_set_ciphersuites(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_set_ciphersuites(
        #[opaque] s: *mut SSL,
        #[input] #[nonnull] #[null_terminated] str: *const c_char,
    ) -> c_int;

    // Both take the list, or the store, over.
    fn SSL_CTX_set_client_CA_list(
        #[opaque] ctx: *mut SSL_CTX,
        #[opaque] #[transfer] name_list: *mut stack_st_X509_NAME,
    );

    fn SSL_set_client_CA_list(#[opaque] s: *mut SSL, #[opaque] #[transfer] name_list: *mut stack_st_X509_NAME);

    fn SSL_CTX_set_cert_store(
        #[opaque] ctx: *mut SSL_CTX,
        #[opaque] #[transfer(free = X509_STORE_free)] store: *mut X509_STORE,
    );

    #[success(result > 0)]
    fn SSL_CTX_set_session_id_context(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nonnull] #[sized_by(sid_ctx_len)] sid_ctx: *const c_uchar,
        sid_ctx_len: c_uint,
    ) -> c_int;

    #[success(result > 0)]
    fn SSL_set_session_id_context(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[sized_by(sid_ctx_len)] sid_ctx: *const c_uchar,
        sid_ctx_len: c_uint,
    ) -> c_int;

    #[returns(static, nonnull, opaque)]
    fn TLS_method() -> *const SSL_METHOD;

    #[returns(static, nonnull, opaque)]
    fn TLS_client_method() -> *const SSL_METHOD;

    #[returns(static, nonnull, opaque)]
    fn TLS_server_method() -> *const SSL_METHOD;
}

// SSL_do_handshake(3), SSL_shutdown(3), SSL_free(3). Whatever reads or writes may run the callbacks of its object and of its context,
// also after the handshake; what frees runs those of CRYPTO_get_ex_new_index(3).
unsafe extern "C" {
    #[calls_back]
    fn SSL_do_handshake(#[opaque] s: *mut SSL) -> c_int;

    #[calls_back]
    fn SSL_connect(#[opaque] ssl: *mut SSL) -> c_int;

    #[calls_back]
    fn SSL_accept(#[opaque] ssl: *mut SSL) -> c_int;

    #[calls_back]
    fn SSL_shutdown(#[opaque] s: *mut SSL) -> c_int;

    #[calls_back]
    fn SSL_free(#[opaque] #[nullable] #[transfer] ssl: *mut SSL);

    #[calls_back]
    fn SSL_CTX_free(#[opaque] #[nullable] #[transfer] ctx: *mut SSL_CTX);
}

// SSL_read(3), SSL_write(3). A write that must be repeated is given the same buffer again, and nothing
// of it is looked at between the calls.
unsafe extern "C" {
    #[success(result > 0)]
    #[calls_back]
    fn SSL_read(
        #[opaque] ssl: *mut SSL,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(return)] buf: *mut c_void,
        num: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_read_ex(
        #[opaque] ssl: *mut SSL,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(*readbytes)] buf: *mut c_void,
        num: size_t,
        #[out] #[nonnull] #[one] readbytes: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_peek(
        #[opaque] ssl: *mut SSL,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(return)] buf: *mut c_void,
        num: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_peek_ex(
        #[opaque] ssl: *mut SSL,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(*readbytes)] buf: *mut c_void,
        num: size_t,
        #[out] #[nonnull] #[one] readbytes: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_write(
        #[opaque] ssl: *mut SSL,
        #[input] #[nonnull] #[sized_by(num)] #[noescape] buf: *const c_void,
        num: c_int,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_write_ex(
        #[opaque] s: *mut SSL,
        #[input] #[nonnull] #[sized_by(num)] #[noescape] buf: *const c_void,
        num: size_t,
        #[out] #[nonnull] #[one] written: *mut size_t,
    ) -> c_int;

    #[success(result > 0)]
    #[calls_back]
    fn SSL_write_early_data(
        #[opaque] s: *mut SSL,
        #[input] #[nonnull] #[sized_by(num)] #[noescape] buf: *const c_void,
        num: size_t,
        #[out] #[nonnull] #[one] written: *mut size_t,
    ) -> c_int;

    #[calls_back]
    fn SSL_read_early_data(
        #[opaque] s: *mut SSL,
        #[out] #[nonnull] #[sized_by(num)] #[filled_by(*readbytes)] buf: *mut c_void,
        num: size_t,
        #[out] #[nonnull] #[one] readbytes: *mut size_t,
    ) -> c_int;

    // One BIO given for both sides is taken once.
    fn SSL_set_bio(
        #[opaque] s: *mut SSL,
        #[opaque] #[nullable] #[transfer] rbio: *mut BIO,
        #[opaque] #[nullable] #[transfer] wbio: *mut BIO,
    );

    #[success(result > 0)]
    fn SSL_set_session(#[opaque] to: *mut SSL, #[opaque] #[nullable] session: *mut SSL_SESSION) -> c_int;
}

// SSL_CTX_set_alpn_select_cb(3). The protocol list is copied; the name chosen lies in one of the two
// lists given, as it does in what the callback stores until the handshake has used it. Contexts are counted, and their objects own
// them too: SSL_CTX_free does not tell which owner is the last. So a closure stays until another takes its place, or none.
unsafe extern "C" {
    #[success(result == 0)]
    fn SSL_CTX_set_alpn_protos(
        #[opaque] ctx: *mut SSL_CTX,
        #[input] #[nullable] #[sized_by(protos_len)] #[noescape] protos: *const c_uchar,
        protos_len: c_uint,
    ) -> c_int;

    #[success(result == 0)]
    fn SSL_set_alpn_protos(
        #[opaque] ssl: *mut SSL,
        #[input] #[nullable] #[sized_by(protos_len)] #[noescape] protos: *const c_uchar,
        protos_len: c_uint,
    ) -> c_int;

    fn SSL_CTX_set_alpn_select_cb(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = notified, thread = any_thread, on_panic = 2)]
        cb: Option<unsafe extern "C" fn(
            #[opaque] ssl: *mut SSL, #[one] out: *mut *const c_uchar, #[one] outlen: *mut c_uchar,
            #[sized_by(inlen)] in_: *const c_uchar, inlen: c_uint, arg: *mut c_void,
        ) -> c_int>,
        #[nullable] #[address] #[retained(by = ctx, until = [SSL_CTX_set_alpn_select_cb])] arg: *mut c_void,
    );

    fn SSL_CTX_set_next_protos_advertised_cb(
        #[opaque] s: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = notified, thread = any_thread, on_panic = 3)]
        cb: Option<unsafe extern "C" fn(
            #[opaque] ssl: *mut SSL, #[one] out: *mut *const c_uchar, #[one] outlen: *mut c_uint, arg: *mut c_void,
        ) -> c_int>,
        #[nullable] #[address] #[retained(by = s, until = [SSL_CTX_set_next_protos_advertised_cb])] arg: *mut c_void,
    );

    fn SSL_CTX_set_next_proto_select_cb(
        #[opaque] s: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = notified, thread = any_thread, on_panic = 2)]
        cb: Option<unsafe extern "C" fn(
            #[opaque] s: *mut SSL, #[one] out: *mut *mut c_uchar, #[one] outlen: *mut c_uchar,
            #[sized_by(inlen)] in_: *const c_uchar, inlen: c_uint, arg: *mut c_void,
        ) -> c_int>,
        #[nullable] #[address] #[retained(by = s, until = [SSL_CTX_set_next_proto_select_cb])] arg: *mut c_void,
    );

    fn SSL_select_next_proto(
        #[out] #[nonnull] #[one] #[pointee(borrowed = in_, borrowed = client, nullable, sized_by(*outlen))] out: *mut *mut c_uchar,
        #[out] #[nonnull] #[one] outlen: *mut c_uchar,
        #[input] #[sized_by(inlen)] in_: *const c_uchar,
        inlen: c_uint,
        #[input] #[nonnull] #[sized_by(client_len)] client: *const c_uchar,
        client_len: c_uint,
    ) -> c_int;

    fn SSL_get0_alpn_selected(
        #[opaque] ssl: *const SSL,
        #[out] #[nonnull] #[one] #[pointee(borrowed = ssl, nullable, sized_by(*len))] data: *mut *const c_uchar,
        #[out] #[nonnull] #[one] len: *mut c_uint,
    );

    fn SSL_get0_next_proto_negotiated(
        #[opaque] s: *const SSL,
        #[out] #[nonnull] #[one] #[pointee(borrowed = s, nullable, sized_by(*len))] data: *mut *const c_uchar,
        #[out] #[nonnull] #[one] len: *mut c_uint,
    );
}

// SSL_CTX_set_verify(3), SSL_CTX_set_default_passwd_cb(3), SSL_CTX_set_info_callback(3). Without a
// callback the user data of the password callback is a C string.
unsafe extern "C" {
    fn SSL_CTX_set_verify(
        #[opaque] ctx: *mut SSL_CTX,
        mode: c_int,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free, on_panic = 0)]
        callback: Option<unsafe extern "C" fn(preverify_ok: c_int, #[opaque] x509_ctx: *mut X509_STORE_CTX) -> c_int>,
    );

    fn SSL_set_verify(
        #[opaque] s: *mut SSL,
        mode: c_int,
        #[nullable] #[callback(scope = notified, destroy = SSL_free, on_panic = 0)]
        callback: Option<unsafe extern "C" fn(preverify_ok: c_int, #[opaque] x509_ctx: *mut X509_STORE_CTX) -> c_int>,
    );

    fn SSL_CTX_set_default_passwd_cb(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free, on_panic = -1)]
        cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, userdata: *mut c_void,
        ) -> c_int>,
    );

    // The same as a closure. New objects take a copy of both, so it stays for ever.
    #[form_of(SSL_CTX_set_default_passwd_cb, before(SSL_CTX_set_default_passwd_cb_userdata(ctx, u)))]
    fn SSL_CTX_set_default_passwd_closure(
        #[nonnull] #[opaque] ctx: *mut SSL_CTX,
        #[callback(userdata = u, scope = forever, thread = any_thread, on_panic = -1)]
        cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[address] u: *mut c_void,
    );

    fn SSL_CTX_set_default_passwd_cb_userdata(#[opaque] ctx: *mut SSL_CTX, #[opaque] u: *mut c_void);

    fn SSL_set_default_passwd_cb(
        #[opaque] s: *mut SSL,
        #[nullable] #[callback(scope = notified, destroy = SSL_free, on_panic = -1)]
        cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, userdata: *mut c_void,
        ) -> c_int>,
    );

    fn SSL_set_default_passwd_cb_userdata(#[opaque] s: *mut SSL, #[opaque] u: *mut c_void);

    #[returns(opaque, nullable)]
    fn SSL_CTX_get_default_passwd_cb_userdata(#[opaque] ctx: *mut SSL_CTX) -> *mut c_void;

    // As SSL_CTX_set_alpn_select_cb. A certificate is refused where it panics.
    fn SSL_CTX_set_cert_verify_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = notified, thread = any_thread, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(#[opaque] store: *mut X509_STORE_CTX, arg: *mut c_void) -> c_int>,
        #[nullable] #[address] #[retained(by = ctx, until = [SSL_CTX_set_cert_verify_callback])] arg: *mut c_void,
    );

    // New objects take a copy of both: a closure stays for ever.
    fn SSL_CTX_set_cert_cb(
        #[opaque] c: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = forever, thread = any_thread, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(#[opaque] ssl: *mut SSL, arg: *mut c_void) -> c_int>,
        #[nullable] #[address] arg: *mut c_void,
    );

    fn SSL_CTX_set_client_hello_cb(
        #[opaque] c: *mut SSL_CTX,
        #[nullable] #[callback(userdata = arg, scope = notified, thread = any_thread, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(#[opaque] s: *mut SSL, #[one] al: *mut c_int, arg: *mut c_void) -> c_int>,
        #[nullable] #[address] #[retained(by = c, until = [SSL_CTX_set_client_hello_cb])] arg: *mut c_void,
    );

    // What it gets is its own reference to the session where it gives 1.
    fn SSL_CTX_sess_set_new_cb(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free, on_panic = 0)]
        new_session_cb: Option<unsafe extern "C" fn(#[opaque] ssl: *mut SSL, #[opaque] sess: *mut SSL_SESSION) -> c_int>,
    );

    fn SSL_CTX_sess_set_remove_cb(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free)]
        remove_session_cb: Option<unsafe extern "C" fn(#[opaque] ctx: *mut SSL_CTX, #[opaque] sess: *mut SSL_SESSION)>,
    );

    // The identity is a text, whose zero has room; both give how long the key is, and 0 refuses.
    fn SSL_CTX_set_psk_client_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(
            #[opaque] ssl: *mut SSL, #[nullable] #[null_terminated] hint: *const c_char,
            #[out] #[sized_by(max_identity_len)] identity: *mut c_char, max_identity_len: c_uint,
            #[out] #[sized_by(max_psk_len)] psk: *mut c_uchar, max_psk_len: c_uint,
        ) -> c_uint>,
    );

    fn SSL_CTX_set_psk_server_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free, on_panic = 0)]
        cb: Option<unsafe extern "C" fn(
            #[opaque] ssl: *mut SSL, #[nullable] #[null_terminated] identity: *const c_char,
            #[out] #[sized_by(max_psk_len)] psk: *mut c_uchar, max_psk_len: c_uint,
        ) -> c_uint>,
    );

    fn SSL_CTX_set_info_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free)]
        cb: Option<unsafe extern "C" fn(#[opaque] ssl: *const SSL, kind: c_int, value: c_int)>,
    );

    fn SSL_CTX_set_keylog_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free)]
        cb: Option<unsafe extern "C" fn(#[opaque] ssl: *const SSL, #[null_terminated] line: *const c_char)>,
    );

    // `arg` is what SSL_CTRL_SET_MSG_CALLBACK_ARG has set.
    fn SSL_CTX_set_msg_callback(
        #[opaque] ctx: *mut SSL_CTX,
        #[nullable] #[callback(scope = notified, destroy = SSL_CTX_free)]
        cb: Option<unsafe extern "C" fn(
            write_p: c_int, version: c_int, content_type: c_int, #[sized_by(len)] buf: *const c_void, len: size_t,
            #[opaque] ssl: *mut SSL, arg: *mut c_void,
        )>,
    );

    fn SSL_set_info_callback(
        #[opaque] ssl: *mut SSL,
        #[nullable] #[callback(scope = notified, destroy = SSL_free)]
        cb: Option<unsafe extern "C" fn(#[opaque] ssl: *const SSL, kind: c_int, value: c_int)>,
    );

    #[success(result > 0)]
    fn SSL_set_ex_data(#[opaque] ssl: *mut SSL, idx: c_int, #[opaque] data: *mut c_void) -> c_int;

    #[returns(opaque, nullable)]
    fn SSL_get_ex_data(#[opaque] ssl: *const SSL, idx: c_int) -> *mut c_void;

    #[success(result > 0)]
    fn SSL_CTX_set_ex_data(#[opaque] ssl: *mut SSL_CTX, idx: c_int, #[opaque] data: *mut c_void) -> c_int;

    #[returns(opaque, nullable)]
    fn SSL_CTX_get_ex_data(#[opaque] ssl: *const SSL_CTX, idx: c_int) -> *mut c_void;

    #[success(result > 0)]
    fn SSL_SESSION_set_ex_data(#[opaque] ss: *mut SSL_SESSION, idx: c_int, #[opaque] data: *mut c_void) -> c_int;

    #[returns(opaque, nullable)]
    fn SSL_SESSION_get_ex_data(#[opaque] ss: *const SSL_SESSION, idx: c_int) -> *mut c_void;

    fn SSL_set0_security_ex_data(#[opaque] s: *mut SSL, #[opaque] ex: *mut c_void);

    fn SSL_CTX_set0_security_ex_data(#[opaque] ctx: *mut SSL_CTX, #[opaque] ex: *mut c_void);

    #[returns(opaque, nullable)]
    fn SSL_get0_security_ex_data(#[opaque] s: *const SSL) -> *mut c_void;

    #[returns(opaque, nullable)]
    fn SSL_CTX_get0_security_ex_data(#[opaque] ctx: *const SSL_CTX) -> *mut c_void;
}

// SSL_get_servername(3), SSL_get_finished(3), SSL_export_keying_material(3), SSL_SESSION_get_id(3).
unsafe extern "C" {
    #[returns(borrowed = s, nullable, null_terminated)]
    fn SSL_get_servername(#[opaque] s: *const SSL, type_: c_int) -> *const c_char;

    #[returns(static, nonnull, null_terminated)]
    fn SSL_get_version(#[opaque] s: *const SSL) -> *const c_char;

    #[returns(borrowed = buf, nullable, null_terminated)]
    fn SSL_get_shared_ciphers(
        #[opaque] s: *const SSL,
        #[out] #[nonnull] #[sized_by(size)] buf: *mut c_char,
        size: c_int,
    ) -> *mut c_char;

    // Gives the full length, also where the buffer is too short for it.
    fn SSL_get_finished(
        #[opaque] s: *const SSL,
        #[out] #[nonnull] #[sized_by(count)] #[filled_by(return)] #[may_exceed] buf: *mut c_void,
        count: size_t,
    ) -> size_t;

    fn SSL_get_peer_finished(
        #[opaque] s: *const SSL,
        #[out] #[nonnull] #[sized_by(count)] #[filled_by(return)] #[may_exceed] buf: *mut c_void,
        count: size_t,
    ) -> size_t;

    // Without room it gives the full length and writes nothing.
    fn SSL_get_client_random(
        #[opaque] ssl: *const SSL,
        #[out] #[nonnull] #[sized_by(outlen)] #[filled_by(return)] #[may_exceed] out: *mut c_uchar,
        outlen: size_t,
    ) -> size_t;

    fn SSL_get_server_random(
        #[opaque] ssl: *const SSL,
        #[out] #[nonnull] #[sized_by(outlen)] #[filled_by(return)] #[may_exceed] out: *mut c_uchar,
        outlen: size_t,
    ) -> size_t;

    fn SSL_SESSION_get_master_key(
        #[opaque] sess: *const SSL_SESSION,
        #[out] #[nonnull] #[sized_by(outlen)] #[filled_by(return)] #[may_exceed] out: *mut c_uchar,
        outlen: size_t,
    ) -> size_t;

    #[success(result > 0)]
    fn SSL_export_keying_material(
        #[opaque] s: *mut SSL,
        #[out] #[nonnull] #[sized_by(olen)] #[filled_by(olen)] out: *mut c_uchar,
        olen: size_t,
        #[input] #[nonnull] #[sized_by(llen)] label: *const c_char,
        llen: size_t,
        #[input] #[nullable] #[sized_by(contextlen)] context: *const c_uchar,
        contextlen: size_t,
        use_context: c_int,
    ) -> c_int;

    #[returns(borrowed = s, nullable, sized_by(*len))]
    fn SSL_SESSION_get_id(
        #[opaque] s: *const SSL_SESSION,
        #[out] #[nullable] #[one] len: *mut c_uint,
    ) -> *const c_uchar;

    fn SSL_SESSION_get0_ticket(
        #[opaque] s: *const SSL_SESSION,
        #[out] #[nullable] #[one] #[pointee(borrowed = s, nullable, sized_by(*len))] tick: *mut *const c_uchar,
        #[out] #[nonnull] #[one] len: *mut size_t,
    );
}

// Macros over SSL_ctrl and SSL_CTX_ctrl: the name is copied, the certificate taken over.
unsafe extern "C" {
    #[success(result == 1)]
    #[form_of(SSL_ctrl, cmd = SSL_CTRL_SET_TLSEXT_HOSTNAME, larg = TLSEXT_NAMETYPE_host_name)]
    fn SSL_set_tlsext_host_name(
        #[opaque] ssl: *mut SSL,
        #[input] #[nullable] #[null_terminated] #[noescape] parg: *mut c_void,
    ) -> c_long;

    #[success(result == 1)]
    #[form_of(SSL_CTX_ctrl, cmd = SSL_CTRL_EXTRA_CHAIN_CERT, larg = 0)]
    fn SSL_CTX_add_extra_chain_cert(
        #[opaque] ctx: *mut SSL_CTX,
        #[opaque] #[transfer(free = X509_free, on(success))] parg: *mut c_void,
    ) -> c_long;

    // What parg is depends on the command.
    fn SSL_ctrl(#[opaque] ssl: *mut SSL, cmd: c_int, larg: c_long, #[opaque] parg: *mut c_void) -> c_long;

    fn SSL_CTX_ctrl(#[opaque] ctx: *mut SSL_CTX, cmd: c_int, larg: c_long, #[opaque] parg: *mut c_void) -> c_long;
}

// PEM_read_bio_PrivateKey(3). The object is a new one, or the caller's to be filled. Without a callback
// the user data is a C string, so it is not looked at here.
unsafe extern "C" {
    #[returns(owned, free = X509_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_X509(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509;

    #[returns(owned, free = X509_free, borrowed = x, nullable, opaque)]
    fn PEM_read_X509(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509;

    #[returns(owned, free = X509_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_X509_AUX(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509;

    #[returns(owned, free = X509_free, borrowed = x, nullable, opaque)]
    fn PEM_read_X509_AUX(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509;

    #[returns(owned, free = X509_REQ_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_X509_REQ(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509_REQ,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509_REQ;

    #[returns(owned, free = X509_REQ_free, borrowed = x, nullable, opaque)]
    fn PEM_read_X509_REQ(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509_REQ,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509_REQ;

    #[returns(owned, free = X509_CRL_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_X509_CRL(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509_CRL,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509_CRL;

    #[returns(owned, free = X509_CRL_free, borrowed = x, nullable, opaque)]
    fn PEM_read_X509_CRL(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut X509_CRL,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut X509_CRL;

    #[returns(owned, free = EVP_PKEY_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_PrivateKey(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut EVP_PKEY,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut EVP_PKEY;

    #[returns(owned, free = EVP_PKEY_free, borrowed = x, nullable, opaque)]
    fn PEM_read_PrivateKey(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut EVP_PKEY,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut EVP_PKEY;

    #[returns(owned, free = EVP_PKEY_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_PUBKEY(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut EVP_PKEY,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut EVP_PKEY;

    #[returns(owned, free = EVP_PKEY_free, borrowed = x, nullable, opaque)]
    fn PEM_read_PUBKEY(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut EVP_PKEY,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut EVP_PKEY;

    #[returns(owned, free = RSA_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_RSAPrivateKey(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut RSA,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut RSA;

    #[returns(owned, free = RSA_free, borrowed = x, nullable, opaque)]
    fn PEM_read_RSAPrivateKey(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut RSA,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut RSA;

    #[returns(owned, free = RSA_free, borrowed = x, nullable, opaque)]
    fn PEM_read_bio_RSAPublicKey(
        #[opaque] out: *mut BIO,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut RSA,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut RSA;

    #[returns(owned, free = RSA_free, borrowed = x, nullable, opaque)]
    fn PEM_read_RSAPublicKey(
        #[opaque] out: *mut FILE,
        #[inout] #[nullable] #[one] #[pointee(nullable, opaque)] x: *mut *mut RSA,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> *mut RSA;

    #[success(result > 0)]
    fn PEM_write_bio_PrivateKey(
        #[opaque] out: *mut BIO,
        #[opaque] x: *const EVP_PKEY,
        #[opaque] enc: *const EVP_CIPHER,
        #[input] #[nullable] #[sized_by(klen)] kstr: *const c_uchar,
        klen: c_int,
        #[nullable] #[callback(userdata = u, scope = call, on_panic = -1)] cb: Option<unsafe extern "C" fn(
            #[out] #[sized_by(size)] buf: *mut c_char, size: c_int, rwflag: c_int, u: *mut c_void,
        ) -> c_int>,
        #[opaque] u: *mut c_void,
    ) -> c_int;

    #[success(result > 0)]
    fn PEM_read_bio(
        #[opaque] bp: *mut BIO,
        #[out] #[nonnull] #[one] #[pointee(owned, free = CRYPTO_free, null_terminated)] name: *mut *mut c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, free = CRYPTO_free, null_terminated)] header: *mut *mut c_char,
        #[out] #[nonnull] #[one] #[pointee(owned, free = CRYPTO_free, sized_by(*len))] data: *mut *mut c_uchar,
        #[out] #[nonnull] #[one] len: *mut c_long,
    ) -> c_int;

    #[success(result > 0)]
    fn PEM_write_bio(
        #[opaque] bp: *mut BIO,
        #[input] #[nonnull] #[null_terminated] name: *const c_char,
        #[input] #[nullable] #[null_terminated] hdr: *const c_char,
        #[input] #[nonnull] #[sized_by(len)] data: *const c_uchar,
        len: c_long,
    ) -> c_int;
}

// X509_NAME_print_ex(3), X509_get_subject_name(3), X509_STORE_CTX_new(3). Lengths of -1 mean C strings.
unsafe extern "C" {
    #[returns(borrowed = buf, owned, free = CRYPTO_free, nullable, null_terminated)]
    fn X509_NAME_oneline(
        #[opaque] a: *const X509_NAME,
        #[out] #[nullable] #[sized_by(size)] buf: *mut c_char,
        size: c_int,
    ) -> *mut c_char;

    fn X509_NAME_get_text_by_NID(
        #[opaque] name: *const X509_NAME,
        nid: c_int,
        #[out] #[nullable] #[sized_by(len)] buf: *mut c_char,
        len: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn X509_NAME_add_entry_by_txt(
        #[opaque] name: *mut X509_NAME,
        #[input] #[nonnull] #[null_terminated] field: *const c_char,
        type_: c_int,
        #[input] #[nonnull] #[sized_by(len)] bytes: *const c_uchar,
        len: c_int,
        loc: c_int,
        set: c_int,
    ) -> c_int;

    #[success(result > 0)]
    fn X509_NAME_add_entry_by_NID(
        #[opaque] name: *mut X509_NAME,
        nid: c_int,
        type_: c_int,
        #[input] #[nonnull] #[sized_by(len)] bytes: *const c_uchar,
        len: c_int,
        loc: c_int,
        set: c_int,
    ) -> c_int;

    #[returns(borrowed = a, nullable, opaque)]
    fn X509_get_subject_name(#[opaque] a: *const X509) -> *mut X509_NAME;

    #[returns(borrowed = a, nullable, opaque)]
    fn X509_get_issuer_name(#[opaque] a: *const X509) -> *mut X509_NAME;

    #[returns(owned, free = EVP_PKEY_free, nullable, opaque)]
    fn X509_get_pubkey(#[opaque] x: *mut X509) -> *mut EVP_PKEY;

    #[success(result > 0)]
    fn X509_digest(
        #[opaque] data: *const X509,
        #[opaque] type_: *const EVP_MD,
        #[out] #[opaque] md: *mut c_uchar,
        #[out] #[nullable] #[one] len: *mut c_uint,
    ) -> c_int;

    #[returns(static, nonnull, null_terminated)]
    fn X509_verify_cert_error_string(n: c_long) -> *const c_char;

    #[returns(owned, free = X509_email_free, nullable, opaque)]
    fn X509_get1_email(#[opaque] x: *mut X509) -> *mut stack_st_OPENSSL_STRING;

    #[returns(owned, free = X509_email_free, nullable, opaque)]
    fn X509_get1_ocsp(#[opaque] x: *mut X509) -> *mut stack_st_OPENSSL_STRING;

    #[success(result > 0)]
    fn X509_STORE_load_locations(
        #[opaque] ctx: *mut X509_STORE,
        #[input] #[nullable] #[null_terminated] file: *const c_char,
        #[input] #[nullable] #[null_terminated] dir: *const c_char,
    ) -> c_int;

    #[success(result > 0)]
    fn X509_STORE_CTX_set_ex_data(
        #[opaque] ctx: *mut X509_STORE_CTX,
        idx: c_int,
        #[opaque] data: *mut c_void,
    ) -> c_int;

    #[returns(opaque, nullable)]
    fn X509_STORE_CTX_get_ex_data(#[opaque] ctx: *const X509_STORE_CTX, idx: c_int) -> *mut c_void;

    // These stay the caller's, unlike the other objects that a set0 function is given. X509_STORE_CTX_cleanup is
    // no end: the pointers stay in the context (x509_vfy.c).
    fn X509_STORE_CTX_set0_untrusted(
        #[opaque] ctx: *mut X509_STORE_CTX,
        #[opaque] #[retained(by = ctx, until = [X509_STORE_CTX_free])] sk: *mut stack_st_X509,
    );

    fn X509_STORE_CTX_set0_trusted_stack(
        #[opaque] ctx: *mut X509_STORE_CTX,
        #[opaque] #[retained(by = ctx, until = [X509_STORE_CTX_free])] sk: *mut stack_st_X509,
    );

    fn X509_STORE_CTX_set0_crls(
        #[opaque] ctx: *mut X509_STORE_CTX,
        #[opaque] #[retained(by = ctx, until = [X509_STORE_CTX_free])] sk: *mut stack_st_X509_CRL,
    );

    fn X509_STORE_CTX_set0_param(
        #[opaque] ctx: *mut X509_STORE_CTX,
        #[opaque] #[transfer(free = X509_VERIFY_PARAM_free)] param: *mut X509_VERIFY_PARAM,
    );

    fn X509_STORE_CTX_set0_verified_chain(
        #[opaque] c: *mut X509_STORE_CTX,
        #[opaque] #[transfer] sk: *mut stack_st_X509,
    );
}
