using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;

namespace Marketing.Stores;

/// <summary>
/// What is kept of an erased user and of what they had sent: 128 bits of an HMAC-SHA-256. Enough to know it again when it is
/// sent once more, and of no use to somebody who has hashes of ids from elsewhere but not the key.
/// </summary>
internal sealed class ErasureHash(byte[] key)
{
    private const int HashBytes = 16;

    /// <summary>A new key; it lies in the log's own store, so that a backup of one has the other.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public byte[] Of(UserId user) => Hash(user.Value);

    /// <summary>Of an event and its user: the same id of another user is another event. No id has a control character.</summary>
    public byte[] Of(UserId user, EventId id) => Hash($"{user.Value}\0{id.Value}");

    /// <summary>A hash as text, for a store that looks up by text.</summary>
    public static string Text(byte[] hash) => Base64Url.EncodeToString(hash);

    private byte[] Hash(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))[..HashBytes];
}
