using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Marketing.Stores.Sqlite.Engine;

/// <summary>
/// The first 128 bits of an id's SHA-256, used in unique indexes. It has a fixed size, keeps no second copy of the id's text, and
/// nobody can construct two ids that share one.
/// </summary>
internal readonly record struct Key128(ulong High, ulong Low) : IComparable<Key128>
{
    /// <summary>Size of a written key, in bytes.</summary>
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
    /// Returns each item's key and position, sorted by key, so that inserting a batch touches each index page once. Equal keys are
    /// sorted by position.
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

    /// <summary>Writes the key in big-endian order, so that comparing the bytes compares the keys.</summary>
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
