using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Marketing.Domain;

namespace Marketing.Projections.Ingestion;

/// <summary>
/// Derives the id of an interaction that came without one, so that sending it again is a duplicate and not a second interaction.
/// </summary>
/// <remarks>
/// The id is the first 128 bits of a SHA-256, in base64url, over every field, lengths included, and over what tells one occurrence
/// from the next: its time; without one, the place in a file or topic that it was read from; without either, for a chat, the
/// five minutes in which it was received, since the same sentence within seconds is a retry. Everything else that has
/// neither is an event of its own, with a random id: two views are two views, or a frequency cap would never be reached.
/// </remarks>
public static class EventIdentity
{
    private const byte Version = 1;
    private const int HashBytes = 16;
    private const int MaxStackBytes = 1024;
    private const long ChatWindowMilliseconds = 5 * 60 * 1000;

    /// <summary>What tells one occurrence of the same content from the next.</summary>
    private enum Occurrence : byte
    {
        Timed = 1,
        ReceivedWithin = 2,
        ReadFrom = 3,
    }

    /// <summary>The id for this content at the time that its sender gave.</summary>
    public static EventId Derive(
        UserId userId, InteractionType type, CampaignId? campaignId, string? text, string? properties, DateTimeOffset occurredAt) =>
        Derive(userId, type, campaignId, text, properties, Occurrence.Timed, occurredAt.ToUnixTimeMilliseconds(), place: null);

    /// <summary>The id for this content when its sender gave no time.</summary>
    /// <param name="userId">Who.</param>
    /// <param name="type">What.</param>
    /// <param name="campaignId">The campaign it concerns.</param>
    /// <param name="text">What was said.</param>
    /// <param name="properties">The free-form object.</param>
    /// <param name="receivedAt">When it was received.</param>
    /// <param name="place">Where it was read from and can be read again, such as a file and a line; null when it was sent.</param>
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
