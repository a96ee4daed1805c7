using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Marketing.Decisions.Hashing;

/// <summary>64-bit hashes that are the same in every process and version. Stored decisions depend on them: never change them.</summary>
internal static class StableHash
{
    private const ulong Golden = 0x9E37_79B9_7F4A_7C15;

    // Every machine the product runs on is little-endian, so the UTF-16 bytes of a text are the same on all of them.
    public static ulong Of(ReadOnlySpan<char> text, ulong seed = 0) =>
        XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text), unchecked((long)seed));

    /// <summary>The n-th number of the SplitMix64 sequence of a key, in any order.</summary>
    /// <remarks>Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
    public static ulong At(ulong key, ulong index)
    {
        var mixed = key + ((index + 1) * Golden);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A number between 0 and 1, both excluded, from the upper 53 bits.</summary>
    public static double ToUnit(ulong hash) => ((hash >> 11) + 0.5) * (1.0 / (1UL << 53));
}
