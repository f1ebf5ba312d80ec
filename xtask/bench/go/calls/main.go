// Go's calls of C with vectors of buffers, and C's of Go, measured as ../../src/bin/calls.rs and curves.rs measure ours.
package main

/*
#cgo CFLAGS: -O2 -I${SRCDIR}/../../c
#include "work.c"
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"sort"
	"time"
	"unsafe"
)

const (
	slice  = 5 * time.Millisecond
	slices = 5
)

func wants(name string) bool {
	for _, wanted := range os.Args[1:] {
		if wanted == name {
			return true
		}
	}
	return len(os.Args) == 1
}

func measure(name string, each int, body func()) {
	timed := func(count int) time.Duration {
		started := time.Now()
		for i := 0; i < count; i++ {
			body()
		}
		return time.Since(started)
	}
	count := 1
	taken := timed(count)
	for taken < slice {
		count = max(count*2, int(float64(count)*float64(slice)*1.2/float64(max(taken, 1))))
		taken = timed(count)
	}
	all := []float64{float64(taken)}
	for len(all) < slices {
		all = append(all, float64(timed(count)))
	}
	sort.Float64s(all)
	fmt.Printf("%s %f\n", name, all[slices/2]/float64(count*each))
}

func buffers(count, bytes int) [][]byte {
	all := make([][]byte, count)
	for i := range all {
		all[i] = make([]byte, bytes)
	}
	return all
}

// Fills the vector, pins each buffer, calls and unpins.
func pinned(all [][]byte, vector []C.struct_iovec, bytes int) {
	var pinner runtime.Pinner
	for i := range all {
		at := unsafe.Pointer(&all[i][0])
		pinner.Pin(at)
		vector[i] = C.struct_iovec{iov_base: at, iov_len: C.size_t(bytes)}
	}
	C.work_vector(&vector[0], C.int(len(vector)))
	pinner.Unpin()
}

func main() {
	callbacks()
	for _, n := range []int{1, 8, 64, 1024} {
		const bytes = 4096
		name := fmt.Sprintf("vector_%d", n)
		if wants(name) {
			all, vector := buffers(n, bytes), make([]C.struct_iovec, n)
			measure(name, 1, func() { pinned(all, vector, bytes) })
		}
		if name += "_held"; wants(name) {
			all, vector := buffers(n, bytes), make([]C.struct_iovec, n)
			var pinner runtime.Pinner
			for i := range all {
				at := unsafe.Pointer(&all[i][0])
				pinner.Pin(at)
				vector[i] = C.struct_iovec{iov_base: at, iov_len: bytes}
			}
			measure(name, 1, func() { C.work_vector(&vector[0], C.int(n)) })
			pinner.Unpin()
		}
	}
	for _, n := range []int{1, 4, 16, 64, 256, 1024, 4096} {
		const bytes = 64
		if name := fmt.Sprintf("flow_%d", n); wants(name) {
			all, vector := buffers(n, bytes), make([]C.struct_iovec, n)
			measure(name, n, func() { pinned(all, vector, bytes) })
		}
	}
	for _, n := range []int{1, 10, 100, 1000, 10_000, 100_000} {
		if name := fmt.Sprintf("pins_%d", n); wants(name) {
			all := buffers(n, 64)
			measure(name, n, func() {
				var pinner runtime.Pinner
				for i := range all {
					pinner.Pin(&all[i][0])
				}
				pinner.Unpin()
			})
		}
	}
}
