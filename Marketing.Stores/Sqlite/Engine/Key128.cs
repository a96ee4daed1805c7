using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// The first 128 bits of the SHA-256 of an id: what unique indexes are made of. Small whatever the id's length, never a
/// second copy of the id's text, and nobody can make two ids that share one.
/// </summary>
internal readonly record struct Key128(ulong High, ulong Low) : IComparable<Key128>
{
    /// <summary>Bytes of a written key.</summary>
    public const int Size = 16;

    public static Key128 Of(string id)
    {
        byte[]? rented = null;
        int most = Encoding.UTF8.GetMaxByteCount(id.Length);
        Span<byte> text = most <= 512 ? stackalloc byte[512] : rented = ArrayPool<byte>.Shared.Rent(most);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(id, text)], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return new Key128(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }

    /// <summary>
    /// Key and position of each item, by key: a batch inserted in this order touches each page of an index once.
    /// Of equal keys the first position comes first.
    /// </summary>
    public static (Key128 Key, int Position)[] Order<T>(IReadOnlyList<T> items, Func<T, string> id)
    {
        var ordered = new (Key128, int)[items.Count];
        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i] = (Of(id(items[i])), i);
        }

        Array.Sort(ordered);
        return ordered;
    }

    /// <summary>Writes the key so that the order of the bytes is the order of the keys.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    public int CompareTo(Key128 other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    public static bool operator <(Key128 left, Key128 right) => left.CompareTo(right) < 0;

    public static bool operator <=(Key128 left, Key128 right) => left.CompareTo(right) <= 0;

    public static bool operator >(Key128 left, Key128 right) => left.CompareTo(right) > 0;

    public static bool operator >=(Key128 left, Key128 right) => left.CompareTo(right) >= 0;
}
