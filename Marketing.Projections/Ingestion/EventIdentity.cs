using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>Derives an id for an interaction sent without one, so that a retry is a duplicate, not a second interaction.</summary>
/// <remarks>
/// The id is the first 128 bits of a SHA-256 hash, in base64url, over every field with its length and over what distinguishes one
/// occurrence from the next: its time; without a time, its place in a file or topic; without either, for a chat, the five-minute
/// window of receipt, because the same sentence within seconds is a retry. Anything else without time and place is a separate event
/// with a random id: two views are two views, otherwise a frequency cap would never be reached.
/// </remarks>
public static class EventIdentity
{
    private const byte Version = 1;
    private const int HashBytes = 16;
    private const int MaxStackBytes = 1024;
    private const long ChatWindowMilliseconds = 5 * 60 * 1000;

    /// <summary>What distinguishes occurrences of the same content.</summary>
    private enum Occurrence : byte
    {
        Timed = 1,
        ReceivedWithin = 2,
        ReadFrom = 3,
    }

    /// <summary>Derives the id if the sender gave a time.</summary>
    public static EventId Derive(
        UserId userId, InteractionType type, CampaignId? campaignId, string? text, string? properties, DateTimeOffset occurredAt) =>
        Derive(userId, type, campaignId, text, properties, Occurrence.Timed, occurredAt.ToUnixTimeMilliseconds(), place: null);

    /// <summary>Derives the id if the sender gave no time.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="type">The interaction type.</param>
    /// <param name="campaignId">The campaign, if any.</param>
    /// <param name="text">The chat text, if any.</param>
    /// <param name="properties">The free-form JSON object, if any.</param>
    /// <param name="receivedAt">The time of receipt.</param>
    /// <param name="place">Where it can be read again, such as a file and line; null if it was sent to the API.</param>
    public static EventId DeriveUntimed(
        UserId userId,
        InteractionType type,
        CampaignId? campaignId,
        string? text,
        string? properties,
        DateTimeOffset receivedAt,
        string? place)
    {
        if (place is not null)
        {
            return Derive(userId, type, campaignId, text, properties, Occurrence.ReadFrom, 0, place);
        }

        return type == InteractionType.Chat
            ? Derive(
                userId, type, campaignId, text, properties, Occurrence.ReceivedWithin,
                receivedAt.ToUnixTimeMilliseconds() / ChatWindowMilliseconds, place: null)
            : new EventId(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(HashBytes)));
    }

    private static EventId Derive(
        UserId userId,
        InteractionType type,
        CampaignId? campaignId,
        string? text,
        string? properties,
        Occurrence occurrence,
        long when,
        string? place)
    {
        var max = 32 + MaxBytes(place) + MaxBytes(userId.Value) + MaxBytes(campaignId?.Value) + MaxBytes(text) + MaxBytes(properties);
        var rented = max > MaxStackBytes ? ArrayPool<byte>.Shared.Rent(max) : null;
        var buffer = rented ?? stackalloc byte[MaxStackBytes];

        buffer[0] = Version;
        buffer[1] = (byte)type;
        buffer[2] = (byte)occurrence;
        BinaryPrimitives.WriteInt64LittleEndian(buffer[3..], when);
        var length = 11;
        length += Write(userId.Value, buffer[length..]);
        length += Write(campaignId?.Value, buffer[length..]);
        length += Write(text, buffer[length..]);
        length += Write(properties, buffer[length..]);
        if (place is not null)
        {
            length += Write(place, buffer[length..]);
        }

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
