using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Domain;

/// <summary>An API key as it is stored: without its secret.</summary>
/// <param name="Id">Names the key in lists and in the audit trail; not secret. Ids sort by creation time.</param>
/// <param name="Name">What the key is for, as its creator wrote it.</param>
/// <param name="Scopes">What its holder may do.</param>
/// <param name="Hash">Recognizes the secret.</param>
/// <param name="CreatedAt">When it was created; stores keep milliseconds.</param>
/// <param name="ExpiresAt">From when on it is refused; null means never.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null means never.</param>
public sealed record AccessKey(
    string Id,
    string Name,
    Scopes Scopes,
    KeyHash Hash,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? LastUsedAt = null);

/// <summary>The SHA-256 of a key's secret.</summary>
/// <remarks>
/// A plain hash is enough, because the secret is random and long: nobody can try all of them. A slow hash would cost every request what it
/// would cost an attacker.
/// </remarks>
public readonly record struct KeyHash
{
    /// <summary>The number of bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>The longest secret, in bytes of UTF-8.</summary>
    public const int MaxSecretLength = 256;

    private readonly UInt128 _first;
    private readonly UInt128 _second;

    /// <summary>Reads a hash from its bytes.</summary>
    public KeyHash(ReadOnlySpan<byte> bytes)
    {
        _first = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        _second = BinaryPrimitives.ReadUInt128BigEndian(bytes[(Size / 2)..]);
    }

    /// <summary>The first eight bytes, to find a key by.</summary>
    public ulong Prefix => (ulong)(_first >> 64);

    /// <summary>Hashes a secret; false if it is too long to be one. Allocates nothing.</summary>
    public static bool TryCompute(ReadOnlySpan<char> secret, out KeyHash hash)
    {
        Span<byte> text = stackalloc byte[MaxSecretLength];
        if (!Encoding.UTF8.TryGetBytes(secret, text, out var length))
        {
            hash = default;
            return false;
        }

        Span<byte> bytes = stackalloc byte[Size];
        SHA256.HashData(text[..length], bytes);
        hash = new KeyHash(bytes);
        return true;
    }

    /// <summary>Compares in a time that does not depend on where two hashes differ.</summary>
    public bool FixedTimeEquals(in KeyHash other)
    {
        Span<byte> left = stackalloc byte[Size];
        Span<byte> right = stackalloc byte[Size];
        Write(left);
        other.Write(right);
        return CryptographicOperations.FixedTimeEquals(left, right);
    }

    /// <summary>Writes the hash as <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        BinaryPrimitives.WriteUInt128BigEndian(bytes[(Size / 2)..], _second);
    }

    /// <summary>Returns the hash as bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        Write(bytes);
        return bytes;
    }

    /// <summary>Shows nothing of the hash, so that it does not get into a log.</summary>
    public override string ToString() => nameof(KeyHash);
}
