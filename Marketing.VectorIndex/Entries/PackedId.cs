using System.Buffers.Text;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Marketing.VectorIndex.Entries;

/// <summary>
/// An id in 17 bytes: a GUID, 32 hexadecimal digits, 22 characters of base64url, or up to 16 bytes of UTF-8. Any other id is
/// stored in <see cref="OversizedIds"/> and is an index into it here.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly record struct PackedId(ulong High, ulong Low, byte Kind)
{
    private const int Bytes = 16;
    private const byte Guid = 32;
    private const byte Hexadecimal = 33;
    private const byte Base64 = 34;
    private const byte Oversized = 35;

    public bool IsOversized => Kind == Oversized;

    public static PackedId OversizedAt(int index) => new(0, (ulong)index, Oversized);

    /// <returns>False when the id is oversized.</returns>
    public static bool TryPack(string text, out PackedId id)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        byte kind = 0;
        if (text.Length == 36 && System.Guid.TryParseExact(text, "D", out Guid guid) && IsLowerCase(text))
        {
            kind = guid.TryWriteBytes(bytes) ? Guid : kind;
        }
        else if (text.Length == 32 && IsLowerCase(text)
            && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            kind = Hexadecimal;
        }
        else if (text.Length == 22 && IsCanonicalBase64(text, bytes))
        {
            kind = Base64;
        }
        else if (text.Length <= Bytes)
        {
            kind = Encoding.UTF8.TryGetBytes(text, bytes, out int written) && IsWellFormed(text) ? (byte)written : kind;
        }

        ReadOnlySpan<ulong> halves = MemoryMarshal.Cast<byte, ulong>(bytes);
        id = new PackedId(halves[0], halves[1], kind);
        return kind != 0;
    }

    /// <summary>The text that was packed.</summary>
    public string Unpack()
    {
        Span<ulong> halves = [High, Low];
        Span<byte> bytes = MemoryMarshal.AsBytes(halves);
        return Kind switch
        {
            Guid => new Guid(bytes).ToString("D", CultureInfo.InvariantCulture),
            Hexadecimal => Convert.ToHexStringLower(bytes),
            Base64 => Base64Url.EncodeToString(bytes),
            <= Bytes => Encoding.UTF8.GetString(bytes[..Kind]),
            _ => throw new InvalidOperationException("The id is oversized."),
        };
    }

    public override int GetHashCode()
    {
        // Ids of one form differ in few bits: multiply and fold (Fibonacci hashing) spreads them.
        ulong mixed = ((High ^ Kind) * 0x9E3779B97F4A7C15) ^ (Low * 0xC2B2AE3D27D4EB4F);
        mixed ^= mixed >> 32;
        return (int)((mixed * 0x9E3779B97F4A7C15) >> 32);
    }

    private static bool IsLowerCase(string text) => !text.AsSpan().ContainsAnyInRange('A', 'Z');

    private static bool IsWellFormed(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    private static bool IsCanonicalBase64(string text, Span<byte> bytes) =>
        Base64Url.IsValid(text, out int length) && length == Bytes
        && Base64Url.TryDecodeFromChars(text, bytes, out _)
        && Base64Url.EncodeToString(bytes) == text;
}
