// Float32 kernels for AVX-512 and for AVX2 with FMA. The wide and the narrow
// kernels add the products of an element in the same order (k ascending, one
// fused multiply-add each), so their results are the same to the bit.

#include "textflag.h"

// func tile8AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[8 x 32] += A[8 x k] * B[k x 32]; ars, aks and ldc are strides in bytes.
TEXT ·tile8AVX512(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	LEAQ (R8)(R8*2), R11
	LEAQ (SI)(R8*4), R12
	MOVQ DI, R13
	VMOVUPS (R13), Z0
	VMOVUPS 64(R13), Z1
	ADDQ R10, R13
	VMOVUPS (R13), Z2
	VMOVUPS 64(R13), Z3
	ADDQ R10, R13
	VMOVUPS (R13), Z4
	VMOVUPS 64(R13), Z5
	ADDQ R10, R13
	VMOVUPS (R13), Z6
	VMOVUPS 64(R13), Z7
	ADDQ R10, R13
	VMOVUPS (R13), Z8
	VMOVUPS 64(R13), Z9
	ADDQ R10, R13
	VMOVUPS (R13), Z10
	VMOVUPS 64(R13), Z11
	ADDQ R10, R13
	VMOVUPS (R13), Z12
	VMOVUPS 64(R13), Z13
	ADDQ R10, R13
	VMOVUPS (R13), Z14
	VMOVUPS 64(R13), Z15
	TESTQ CX, CX
	JZ done8w
loop8w:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	VBROADCASTSS (SI), Z18
	VFMADD231PS Z16, Z18, Z0
	VFMADD231PS Z17, Z18, Z1
	VBROADCASTSS (SI)(R8*1), Z19
	VFMADD231PS Z16, Z19, Z2
	VFMADD231PS Z17, Z19, Z3
	VBROADCASTSS (SI)(R8*2), Z20
	VFMADD231PS Z16, Z20, Z4
	VFMADD231PS Z17, Z20, Z5
	VBROADCASTSS (SI)(R11*1), Z21
	VFMADD231PS Z16, Z21, Z6
	VFMADD231PS Z17, Z21, Z7
	VBROADCASTSS (R12), Z22
	VFMADD231PS Z16, Z22, Z8
	VFMADD231PS Z17, Z22, Z9
	VBROADCASTSS (R12)(R8*1), Z23
	VFMADD231PS Z16, Z23, Z10
	VFMADD231PS Z17, Z23, Z11
	VBROADCASTSS (R12)(R8*2), Z24
	VFMADD231PS Z16, Z24, Z12
	VFMADD231PS Z17, Z24, Z13
	VBROADCASTSS (R12)(R11*1), Z25
	VFMADD231PS Z16, Z25, Z14
	VFMADD231PS Z17, Z25, Z15
	ADDQ R9, SI
	ADDQ R9, R12
	ADDQ $128, DX
	DECQ CX
	JNZ loop8w
done8w:
	VMOVUPS Z0, (DI)
	VMOVUPS Z1, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z2, (DI)
	VMOVUPS Z3, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z4, (DI)
	VMOVUPS Z5, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z6, (DI)
	VMOVUPS Z7, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z8, (DI)
	VMOVUPS Z9, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z10, (DI)
	VMOVUPS Z11, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z12, (DI)
	VMOVUPS Z13, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z14, (DI)
	VMOVUPS Z15, 64(DI)
	VZEROUPPER
	RET

// func tile4AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[4 x 32] += A[4 x k] * B[k x 32]; ars, aks and ldc are strides in bytes.
TEXT ·tile4AVX512(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	LEAQ (R8)(R8*2), R11
	MOVQ DI, R13
	VMOVUPS (R13), Z0
	VMOVUPS 64(R13), Z1
	ADDQ R10, R13
	VMOVUPS (R13), Z2
	VMOVUPS 64(R13), Z3
	ADDQ R10, R13
	VMOVUPS (R13), Z4
	VMOVUPS 64(R13), Z5
	ADDQ R10, R13
	VMOVUPS (R13), Z6
	VMOVUPS 64(R13), Z7
	TESTQ CX, CX
	JZ done4w
loop4w:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	VBROADCASTSS (SI), Z18
	VFMADD231PS Z16, Z18, Z0
	VFMADD231PS Z17, Z18, Z1
	VBROADCASTSS (SI)(R8*1), Z19
	VFMADD231PS Z16, Z19, Z2
	VFMADD231PS Z17, Z19, Z3
	VBROADCASTSS (SI)(R8*2), Z20
	VFMADD231PS Z16, Z20, Z4
	VFMADD231PS Z17, Z20, Z5
	VBROADCASTSS (SI)(R11*1), Z21
	VFMADD231PS Z16, Z21, Z6
	VFMADD231PS Z17, Z21, Z7
	ADDQ R9, SI
	ADDQ $128, DX
	DECQ CX
	JNZ loop4w
done4w:
	VMOVUPS Z0, (DI)
	VMOVUPS Z1, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z2, (DI)
	VMOVUPS Z3, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z4, (DI)
	VMOVUPS Z5, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z6, (DI)
	VMOVUPS Z7, 64(DI)
	VZEROUPPER
	RET

// func tile2AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[2 x 32] += A[2 x k] * B[k x 32]; ars, aks and ldc are strides in bytes.
TEXT ·tile2AVX512(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	MOVQ DI, R13
	VMOVUPS (R13), Z0
	VMOVUPS 64(R13), Z1
	ADDQ R10, R13
	VMOVUPS (R13), Z2
	VMOVUPS 64(R13), Z3
	TESTQ CX, CX
	JZ done2w
loop2w:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	VBROADCASTSS (SI), Z18
	VFMADD231PS Z16, Z18, Z0
	VFMADD231PS Z17, Z18, Z1
	VBROADCASTSS (SI)(R8*1), Z19
	VFMADD231PS Z16, Z19, Z2
	VFMADD231PS Z17, Z19, Z3
	ADDQ R9, SI
	ADDQ $128, DX
	DECQ CX
	JNZ loop2w
done2w:
	VMOVUPS Z0, (DI)
	VMOVUPS Z1, 64(DI)
	ADDQ R10, DI
	VMOVUPS Z2, (DI)
	VMOVUPS Z3, 64(DI)
	VZEROUPPER
	RET

// func tile1AVX512(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[1 x 32] += A[1 x k] * B[k x 32]; ars, aks and ldc are strides in bytes.
TEXT ·tile1AVX512(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	MOVQ DI, R13
	VMOVUPS (R13), Z0
	VMOVUPS 64(R13), Z1
	TESTQ CX, CX
	JZ done1w
loop1w:
	VMOVUPS (DX), Z16
	VMOVUPS 64(DX), Z17
	VBROADCASTSS (SI), Z18
	VFMADD231PS Z16, Z18, Z0
	VFMADD231PS Z17, Z18, Z1
	ADDQ R9, SI
	ADDQ $128, DX
	DECQ CX
	JNZ loop1w
done1w:
	VMOVUPS Z0, (DI)
	VMOVUPS Z1, 64(DI)
	VZEROUPPER
	RET

// func tile4AVX2(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[4 x 16] += A[4 x k] * B[k x 16], the rows of B 32 apart; strides in bytes.
TEXT ·tile4AVX2(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	LEAQ (R8)(R8*2), R11
	MOVQ DI, R13
	VMOVUPS (R13), Y0
	VMOVUPS 32(R13), Y1
	ADDQ R10, R13
	VMOVUPS (R13), Y2
	VMOVUPS 32(R13), Y3
	ADDQ R10, R13
	VMOVUPS (R13), Y4
	VMOVUPS 32(R13), Y5
	ADDQ R10, R13
	VMOVUPS (R13), Y6
	VMOVUPS 32(R13), Y7
	TESTQ CX, CX
	JZ done4n
loop4n:
	VMOVUPS (DX), Y8
	VMOVUPS 32(DX), Y9
	VBROADCASTSS (SI), Y10
	VFMADD231PS Y8, Y10, Y0
	VFMADD231PS Y9, Y10, Y1
	VBROADCASTSS (SI)(R8*1), Y11
	VFMADD231PS Y8, Y11, Y2
	VFMADD231PS Y9, Y11, Y3
	VBROADCASTSS (SI)(R8*2), Y10
	VFMADD231PS Y8, Y10, Y4
	VFMADD231PS Y9, Y10, Y5
	VBROADCASTSS (SI)(R11*1), Y11
	VFMADD231PS Y8, Y11, Y6
	VFMADD231PS Y9, Y11, Y7
	ADDQ R9, SI
	ADDQ $128, DX
	DECQ CX
	JNZ loop4n
done4n:
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	ADDQ R10, DI
	VMOVUPS Y2, (DI)
	VMOVUPS Y3, 32(DI)
	ADDQ R10, DI
	VMOVUPS Y4, (DI)
	VMOVUPS Y5, 32(DI)
	ADDQ R10, DI
	VMOVUPS Y6, (DI)
	VMOVUPS Y7, 32(DI)
	VZEROUPPER
	RET

// func tile1AVX2(k int, a *float32, ars, aks int, b, c *float32, ldc int)
// C[1 x 32] += A[1 x k] * B[k x 32], the rows of B 32 apart; strides in bytes.
TEXT ·tile1AVX2(SB), NOSPLIT, $0-56
	MOVQ k+0(FP), CX
	MOVQ a+8(FP), SI
	MOVQ ars+16(FP), R8
	MOVQ aks+24(FP), R9
	MOVQ b+32(FP), DX
	MOVQ c+40(FP), DI
	MOVQ ldc+48(FP), R10
	MOVQ DI, R13
	VMOVUPS (R13), Y0
	VMOVUPS 32(R13), Y1
	VMOVUPS 64(R13), Y2
	VMOVUPS 96(R13), Y3
	TESTQ CX, CX
	JZ done1n
loop1n:
	VMOVUPS (DX), Y4
	VMOVUPS 32(DX), Y5
	VMOVUPS 64(DX), Y6
	VMOVUPS 96(DX), Y7
	VBROADCASTSS (SI), Y8
	VFMADD231PS Y4, Y8, Y0
	VFMADD231PS Y5, Y8, Y1
	VFMADD231PS Y6, Y8, Y2
	VFMADD231PS Y7, Y8, Y3
	ADDQ R9, SI
	ADDQ $128, DX
	DECQ CX
	JNZ loop1n
done1n:
	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, 64(DI)
	VMOVUPS Y3, 96(DI)
	VZEROUPPER
	RET

DATA log2e<>(SB)/4, $0x3fb8aa3b
GLOBL log2e<>(SB), RODATA|NOPTR, $4
DATA ln2hi<>(SB)/4, $0x3f318000
GLOBL ln2hi<>(SB), RODATA|NOPTR, $4
DATA ln2lo<>(SB)/4, $0xb95e8083
GLOBL ln2lo<>(SB), RODATA|NOPTR, $4
DATA p0<>(SB)/4, $0x39506967
GLOBL p0<>(SB), RODATA|NOPTR, $4
DATA p1<>(SB)/4, $0x3ab743ce
GLOBL p1<>(SB), RODATA|NOPTR, $4
DATA p2<>(SB)/4, $0x3c088908
GLOBL p2<>(SB), RODATA|NOPTR, $4
DATA p3<>(SB)/4, $0x3d2aa9c1
GLOBL p3<>(SB), RODATA|NOPTR, $4
DATA p4<>(SB)/4, $0x3e2aaaaa
GLOBL p4<>(SB), RODATA|NOPTR, $4
DATA p5<>(SB)/4, $0x3f000000
GLOBL p5<>(SB), RODATA|NOPTR, $4
DATA one<>(SB)/4, $0x3f800000
GLOBL one<>(SB), RODATA|NOPTR, $4
DATA top<>(SB)/4, $0x42ae0000
GLOBL top<>(SB), RODATA|NOPTR, $4
DATA bottom<>(SB)/4, $0xc2ae0000
GLOBL bottom<>(SB), RODATA|NOPTR, $4
DATA two<>(SB)/4, $0x40000000
GLOBL two<>(SB), RODATA|NOPTR, $4
DATA bias<>(SB)/4, $127
GLOBL bias<>(SB), RODATA|NOPTR, $4

// CONSTANTS fills Y4..Y15 for EXPNEG.
#define CONSTANTS \
	VBROADCASTSS log2e<>(SB), Y4  \
	VBROADCASTSS ln2hi<>(SB), Y5  \
	VBROADCASTSS ln2lo<>(SB), Y6  \
	VBROADCASTSS p0<>(SB), Y7     \
	VBROADCASTSS p1<>(SB), Y8     \
	VBROADCASTSS p2<>(SB), Y9     \
	VBROADCASTSS p3<>(SB), Y10    \
	VBROADCASTSS p4<>(SB), Y11    \
	VBROADCASTSS p5<>(SB), Y12    \
	VBROADCASTSS one<>(SB), Y13   \
	VBROADCASTSS top<>(SB), Y14   \
	VPBROADCASTD bias<>(SB), Y15

// EXP puts exp(X) into X for |X| <= 87 (Cephes expf, Moshier 1989): clobbers Y1..Y3.
#define EXP(X) \
	VMINPS Y14, X, X            \
	VBROADCASTSS bottom<>(SB), Y1 \
	VMAXPS Y1, X, X             \
	VMULPS Y4, X, Y1            \
	VROUNDPS $0, Y1, Y1         \
	VFNMADD231PS Y5, Y1, X      \
	VFNMADD231PS Y6, Y1, X      \
	VMOVAPS Y7, Y2              \
	VFMADD213PS Y8, X, Y2       \
	VFMADD213PS Y9, X, Y2       \
	VFMADD213PS Y10, X, Y2      \
	VFMADD213PS Y11, X, Y2      \
	VFMADD213PS Y12, X, Y2      \
	VMULPS X, X, Y3             \
	VFMADD213PS X, Y3, Y2       \
	VADDPS Y13, Y2, X           \
	VCVTPS2DQ Y1, Y1            \
	VPADDD Y15, Y1, Y1          \
	VPSLLD $23, Y1, Y1          \
	VMULPS Y1, X, X

// SIGMOID puts 1/(1+exp(-X)) into X.
#define SIGMOID(X) \
	VXORPS Y1, Y1, Y1 \
	VSUBPS X, Y1, X   \
	EXP(X)            \
	VADDPS Y13, X, X  \
	VDIVPS X, Y13, X

// TANH puts 2/(1+exp(-2X))-1 into X.
#define TANH(X) \
	VADDPS X, X, X   \
	SIGMOID(X)       \
	VADDPS X, X, X   \
	VSUBPS Y13, X, X

// func cellAVX2(n int, z, c, t, h *float32)
// One LSTM step of n units (n a multiple of 8): z holds the sums of the input,
// forget, candidate and output gates, n each, and receives their activations;
// c is the cell, updated; t receives tanh(c) and h the output.
TEXT ·cellAVX2(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), CX
	MOVQ z+8(FP), SI
	MOVQ c+16(FP), DI
	MOVQ t+24(FP), R9
	MOVQ h+32(FP), R10
	LEAQ (SI)(CX*4), R11
	LEAQ (R11)(CX*4), R12
	LEAQ (R12)(CX*4), R13
	SHRQ $3, CX
	CONSTANTS
	XORQ AX, AX
	TESTQ CX, CX
	JZ   celldone
cellloop:
	VMOVUPS (R11)(AX*1), Y0
	SIGMOID(Y0)
	VMOVUPS Y0, (R11)(AX*1)
	VMULPS (DI)(AX*1), Y0, Y0
	VMOVUPS Y0, (DI)(AX*1)
	VMOVUPS (SI)(AX*1), Y0
	SIGMOID(Y0)
	VMOVUPS Y0, (SI)(AX*1)
	VMOVUPS (R12)(AX*1), Y0
	TANH(Y0)
	VMOVUPS Y0, (R12)(AX*1)
	VMOVUPS (DI)(AX*1), Y1
	VFMADD231PS (SI)(AX*1), Y0, Y1
	VMOVUPS Y1, (DI)(AX*1)
	VMOVAPS Y1, Y0
	TANH(Y0)
	VMOVUPS Y0, (R9)(AX*1)
	VMOVUPS (R13)(AX*1), Y0
	SIGMOID(Y0)
	VMOVUPS Y0, (R13)(AX*1)
	VMULPS (R9)(AX*1), Y0, Y0
	VMOVUPS Y0, (R10)(AX*1)
	ADDQ $32, AX
	DECQ CX
	JNZ  cellloop
celldone:
	VZEROUPPER
	RET

// CONSTANTSWIDE fills Z4..Z15 for EXPWIDE.
#define CONSTANTSWIDE \
	VBROADCASTSS log2e<>(SB), Z4  \
	VBROADCASTSS ln2hi<>(SB), Z5  \
	VBROADCASTSS ln2lo<>(SB), Z6  \
	VBROADCASTSS p0<>(SB), Z7     \
	VBROADCASTSS p1<>(SB), Z8     \
	VBROADCASTSS p2<>(SB), Z9     \
	VBROADCASTSS p3<>(SB), Z10    \
	VBROADCASTSS p4<>(SB), Z11    \
	VBROADCASTSS p5<>(SB), Z12    \
	VBROADCASTSS one<>(SB), Z13   \
	VBROADCASTSS top<>(SB), Z14   \
	VPBROADCASTD bias<>(SB), Z15

// EXPWIDE puts exp(X) into X for |X| <= 87 (Cephes expf, Moshier 1989): clobbers Z1..Z3.
#define EXPWIDE(X) \
	VMINPS Z14, X, X            \
	VBROADCASTSS bottom<>(SB), Z1 \
	VMAXPS Z1, X, X             \
	VMULPS Z4, X, Z1            \
	VRNDSCALEPS $0, Z1, Z1       \
	VFNMADD231PS Z5, Z1, X      \
	VFNMADD231PS Z6, Z1, X      \
	VMOVAPS Z7, Z2              \
	VFMADD213PS Z8, X, Z2       \
	VFMADD213PS Z9, X, Z2       \
	VFMADD213PS Z10, X, Z2      \
	VFMADD213PS Z11, X, Z2      \
	VFMADD213PS Z12, X, Z2      \
	VMULPS X, X, Z3             \
	VFMADD213PS X, Z3, Z2       \
	VADDPS Z13, Z2, X           \
	VCVTPS2DQ Z1, Z1            \
	VPADDD Z15, Z1, Z1          \
	VPSLLD $23, Z1, Z1          \
	VMULPS Z1, X, X

// SIGMOIDWIDE puts 1/(1+exp(-X)) into X.
#define SIGMOIDWIDE(X) \
	VPXORD Z1, Z1, Z1 \
	VSUBPS X, Z1, X   \
	EXPWIDE(X)            \
	VADDPS Z13, X, X  \
	VDIVPS X, Z13, X

// TANHWIDE puts 2/(1+exp(-2X))-1 into X.
#define TANHWIDE(X) \
	VADDPS X, X, X   \
	SIGMOIDWIDE(X)       \
	VADDPS X, X, X   \
	VSUBPS Z13, X, X

// func cellAVX512(n int, z, c, t, h *float32)
// One LSTM step of n units (n a multiple of 16): z holds the sums of the input,
// forget, candidate and output gates, n each, and receives their activations;
// c is the cell, updated; t receives tanh(c) and h the output.
TEXT ·cellAVX512(SB), NOSPLIT, $0-40
	MOVQ n+0(FP), CX
	MOVQ z+8(FP), SI
	MOVQ c+16(FP), DI
	MOVQ t+24(FP), R9
	MOVQ h+32(FP), R10
	LEAQ (SI)(CX*4), R11
	LEAQ (R11)(CX*4), R12
	LEAQ (R12)(CX*4), R13
	SHRQ $4, CX
	CONSTANTSWIDE
	XORQ AX, AX
	TESTQ CX, CX
	JZ   cellwidedone
cellwideloop:
	VMOVUPS (R11)(AX*1), Z0
	SIGMOIDWIDE(Z0)
	VMOVUPS Z0, (R11)(AX*1)
	VMULPS (DI)(AX*1), Z0, Z0
	VMOVUPS Z0, (DI)(AX*1)
	VMOVUPS (SI)(AX*1), Z0
	SIGMOIDWIDE(Z0)
	VMOVUPS Z0, (SI)(AX*1)
	VMOVUPS (R12)(AX*1), Z0
	TANHWIDE(Z0)
	VMOVUPS Z0, (R12)(AX*1)
	VMOVUPS (DI)(AX*1), Z1
	VFMADD231PS (SI)(AX*1), Z0, Z1
	VMOVUPS Z1, (DI)(AX*1)
	VMOVAPS Z1, Z0
	TANHWIDE(Z0)
	VMOVUPS Z0, (R9)(AX*1)
	VMOVUPS (R13)(AX*1), Z0
	SIGMOIDWIDE(Z0)
	VMOVUPS Z0, (R13)(AX*1)
	VMULPS (R9)(AX*1), Z0, Z0
	VMOVUPS Z0, (R10)(AX*1)
	ADDQ $64, AX
	DECQ CX
	JNZ  cellwideloop
cellwidedone:
	VZEROUPPER
	RET

// func rectifyAVX2(n int, x *float32)
// x = max(x, 0), n a multiple of 8.
TEXT ·rectifyAVX2(SB), NOSPLIT, $0-16
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	VXORPS Y0, Y0, Y0
	SHRQ $3, CX
	TESTQ CX, CX
	JZ   rectifydone
rectifyloop:
	VMAXPS (SI), Y0, Y1
	VMOVUPS Y1, (SI)
	ADDQ $32, SI
	DECQ CX
	JNZ  rectifyloop
rectifydone:
	VZEROUPPER
	RET

// func expAVX2(n int, x *float32)
// x = exp(x), n a multiple of 8.
TEXT ·expAVX2(SB), NOSPLIT, $0-16
	MOVQ n+0(FP), CX
	MOVQ x+8(FP), SI
	SHRQ $3, CX
	CONSTANTS
	TESTQ CX, CX
	JZ   expdone
exploop:
	VMOVUPS (SI), Y0
	EXP(Y0)
	VMOVUPS Y0, (SI)
	ADDQ $32, SI
	DECQ CX
	JNZ  exploop
expdone:
	VZEROUPPER
	RET

// func axpyAVX2(n int, a float32, x, y *float32)
// y += a*x, n a multiple of 8.
TEXT ·axpyAVX2(SB), NOSPLIT, $0-32
	MOVQ n+0(FP), CX
	VBROADCASTSS a+8(FP), Y2
	MOVQ x+16(FP), SI
	MOVQ y+24(FP), DI
	SHRQ $3, CX
	TESTQ CX, CX
	JZ   axpydone
axpyloop:
	VMOVUPS (DI), Y0
	VFMADD231PS (SI), Y2, Y0
	VMOVUPS Y0, (DI)
	ADDQ $32, SI
	ADDQ $32, DI
	DECQ CX
	JNZ  axpyloop
axpydone:
	VZEROUPPER
	RET
