// Go's functions that C calls: in a file of their own, for what stands before an export is compiled twice.
package main

/*
int work_repeat(int times, int (*call)(void *, int), void *data);
int goStep(void *data, int number);
int goStepOf(void *data, int number);
*/
import "C"

import (
	"runtime/cgo"
	"unsafe"
)

var sum int64

// Asks nobody for its data: the least that a call from C costs.
//
//export goStep
func goStep(_ unsafe.Pointer, number C.int) C.int {
	sum += int64(number) + 1
	return 0
}

// Finds its data by a handle, as cgo's own documentation does it.
//
//export goStepOf
func goStepOf(data unsafe.Pointer, number C.int) C.int {
	*(*cgo.Handle)(data).Value().(*int64) += int64(number) + 1
	return 0
}

// As ../../src/bin/calls.rs calls closures.
func callbacks() {
	const times = 100
	for _, it := range []struct {
		suffix string
		times  int
	}{{"", times}, {"_once", 1}} {
		if name := "callback" + it.suffix; wants(name) {
			measure(name, it.times, func() { C.work_repeat(C.int(it.times), (*[0]byte)(C.goStep), nil) })
		}
		if name := "callback_handle" + it.suffix; wants(name) {
			handle := cgo.NewHandle(new(int64))
			measure(name, it.times, func() {
				C.work_repeat(C.int(it.times), (*[0]byte)(C.goStepOf), unsafe.Pointer(&handle))
			})
			handle.Delete()
		}
	}
}
