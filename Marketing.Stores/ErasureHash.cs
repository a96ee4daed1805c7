using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Stores;

/// <summary>
/// Hashes erased users and their events to 128 bits of an HMAC-SHA-256. That is enough to recognize them when they are sent again, and
/// useless to somebody who has ids but not the key.
/// </summary>
internal sealed class ErasureHash(byte[] key)
{
    private const int HashBytes = 16;

    /// <summary>Creates a key; it is kept in the log's own store, so that a backup contains both.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(32);

    public byte[] Of(UserId user) => Hash(user.Value);

    /// <summary>Returns what the audit trail stores of a target: a personal one as its hash.</summary>
    public string Of(AuditTarget target) => target.IsPersonal ? Text(Hash(target.Id)) : target.Id;

    /// <summary>Hashes an event with its user: the same id of another user is another event. No id contains U+0000.</summary>
    public byte[] Of(UserId user, EventId id) => Hash($"{user.Value}\0{id.Value}");

    /// <summary>Returns a hash as text, for a store that looks up by text.</summary>
    public static string Text(byte[] hash) => Base64Url.EncodeToString(hash);

    /// <summary>Reads a hash that <see cref="Text"/> has written.</summary>
    public static byte[] Bytes(string text) => Base64Url.DecodeFromChars(text);

    private byte[] Hash(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))[..HashBytes];
}
