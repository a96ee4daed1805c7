using Marketing.Domain;

namespace Marketing.Benchmarks.Log;

/// <summary>Generates rows with users, campaigns and times as in a real log, a fifth of them chats; deterministic for a seed.</summary>
internal static class World
{
    private static readonly DateTimeOffset Start = new(2026, 8, 1, 0, 0, 0, TimeSpan.Zero);

    public static Interaction[] Make(int count, int users, int campaigns, int seed)
    {
        var random = new Random(seed);
        byte[] id = new byte[16];
        var rows = new Interaction[count];
        for (int i = 0; i < count; i++)
        {
            // Ids as random as derived ones, which is the worst case for a unique index.
            random.NextBytes(id);
            var type = (InteractionType)(random.Next(5) == 0 ? 0 : random.Next(1, 5));
            rows[i] = new Interaction(
                new EventId(new Guid(id).ToString()),
                new UserId($"user-{random.Next(users)}"),
                type,
                type == InteractionType.Chat && random.Next(2) == 0 ? null : new CampaignId($"campaign-{random.Next(campaigns)}"),
                type == InteractionType.Chat ? $"my card was declined at the shop again, message {i}, what can I do about it" : null,
                Start.AddMilliseconds((i * (90L * 86_400_000 / count)) + random.Next(60_000)),
                i % 2 == 0 ? """{"channel":"app"}""" : null);
        }

        return rows;
    }
}
