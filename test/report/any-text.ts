import fc from 'fast-check'

/** Names as attackers and users write them: markup, quotes, long ones, right-to-left, wide and control characters, lone surrogates. */
export const anyName = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    '',
    '<script>alert(1)</script>',
    `"'><svg onload=alert(1)>`,
    ']]></svg><!-- --> &amp; &lt;',
    '</title></desc></style></script>',
    'x'.repeat(512),
    '一'.repeat(80),
    'שלום עולם',
    'مرحبا بالعالم',
    '\u202eevil\u202c',
    '\u0000\u0007\u001b[31mred\u001b[0m\u009b',
    'a\nb\tc',
    '\ud800 lone',
    '\ufffe\uffff',
    '👩‍👩‍👧‍👦 family',
    '__proto__',
    '$(name) {{name}} %s'
  )
)

/** Numbers as answers have them, and some that no answer should have. */
export const anyNumber = fc.oneof(
  fc.double({ min: 0, max: 1e4, noNaN: true }),
  fc.integer({ min: 0, max: 50 }),
  fc.double(),
  fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_VALUE, Number.MIN_VALUE, -5, 1e-9)
)

export const anyPoints = fc.array(fc.record({ x: anyNumber, y: fc.oneof(anyNumber, fc.constant(null)) }), {
  maxLength: 40
})
