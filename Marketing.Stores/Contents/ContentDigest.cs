using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Stores.Contents;

/// <summary>
/// Counts records and sums their SHA-256 hashes, as two numbers modulo 2^128. The sum is the same in any order, and two stores can be
/// compared without sorting them. It finds accidents; it does not resist somebody who chooses records to collide.
/// </summary>
/// <remarks>Clarke et al., Incremental multiset hash functions, ASIACRYPT 2003 (MSet-Add-Hash).</remarks>
internal sealed class ContentDigest
{
    private UInt128 _high;
    private UInt128 _low;

    /// <summary>The number of records added.</summary>
    public long Count { get; private set; }

    public void Add(LogRecord record)
    {
        // No id contains U+0000, so the pair cannot be split in two ways.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{record.Id}\0{record.Content}"));
        _high += BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low += BinaryPrimitives.ReadUInt128BigEndian(hash.AsSpan(16));
        Count++;
    }

    /// <summary>The digest as 64 hexadecimal digits.</summary>
    public override string ToString() =>
        _high.ToString("x32", CultureInfo.InvariantCulture) + _low.ToString("x32", CultureInfo.InvariantCulture);
}

/// <summary>The size and the digest of one part of the log's store.</summary>
/// <param name="Name">The part, such as <c>interactions</c>.</param>
/// <param name="Count">The number of its records.</param>
/// <param name="Digest">64 hexadecimal digits that depend on every id and content, and not on their order.</param>
public sealed record PartSummary(string Name, long Count, string Digest);
