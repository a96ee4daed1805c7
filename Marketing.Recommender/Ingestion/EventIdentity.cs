using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Recommender.Model;

namespace Marketing.Recommender.Ingestion;

/// <summary>
/// Derives the id of an interaction that came without one, so that sending it again is a duplicate and not a second interaction.
/// </summary>
/// <remarks>
/// The id is the first 128 bits of a SHA-256 over every field, lengths included, in base64url. An interaction without
/// <c>occurredAt</c> is identified by the UTC day it was received instead: a retry within the day is a duplicate, and so is
/// the same content meant twice. Who wants to count the same thing twice in a day says when it happened, or gives an id.
/// </remarks>
public static class EventIdentity
{
    private const byte Version = 1;
    private const int HashBytes = 16;
    private const int MaxStackBytes = 1024;

    /// <summary>The id for this content; <c>occurredAt</c> is when it was received unless it is <c>timed</c> by the sender.</summary>
    public static EventId Derive(
        UserId userId,
        InteractionType type,
        CampaignId? campaignId,
        string? text,
        string? properties,
        DateTimeOffset occurredAt,
        bool timed)
    {
        var max = 32 + MaxBytes(userId.Value) + MaxBytes(campaignId?.Value) + MaxBytes(text) + MaxBytes(properties);
        var rented = max > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(max) : null;
        var buffer = rented ?? stackalloc byte[MaxStackBytes];

        buffer[0] = Version;
        buffer[1] = (byte)type;
        buffer[2] = timed ? (byte)1 : (byte)0;
        var time = occurredAt.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt64LittleEndian(buffer[3..], timed ? time : Math.DivRem(time, 86_400_000).Quotient);
        var length = 11;
        length += Write(userId.Value, buffer[length..]);
        length += Write(campaignId?.Value, buffer[length..]);
        length += Write(text, buffer[length..]);
        length += Write(properties, buffer[length..]);

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true); // it held chat text
        }

        return new EventId(Base64Url.EncodeToString(hash[..HashBytes]));
    }

    private static int MaxBytes(string? value) => value is null ? 0 : Encoding.UTF8.GetMaxByteCount(value.Length);

    private static int Write(string? value, Span<byte> destination)
    {
        var length = value is null ? -1 : Encoding.UTF8.GetBytes(value, destination[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(destination, length);
        return sizeof(int) + Math.Max(length, 0);
    }
}
