using Marketing.Domain;
using Marketing.Tests.Contracts;

namespace Marketing.Tests.Projections;

/// <summary>A few random users who chat and click; small, so that everything collides.</summary>
internal sealed class RandomWorld(int seed)
{
    private static readonly string[] Words =
        ["card", "declined", "abroad", "loan", "rate", "house", "transfer", "late", "fee", "app", "login", "savings"];

    private readonly Random _random = new(seed);
    private readonly List<Interaction> _sent = [];

    /// <summary>
    /// Everything happens within ten minutes of this time, so that erased users return and some interactions predate an erasure.
    /// </summary>
    public DateTimeOffset Now { get; set; } = Sample.Noon;

    public IReadOnlyList<Interaction> Sent => _sent;

    public UserId User() => new($"u-{_random.Next(6)}");

    public int Next(int below) => _random.Next(below);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>Returns new and previously sent interactions, in random order.</summary>
    public Interaction[] Batch() =>
        [.. Enumerable.Range(0, 1 + _random.Next(25)).Select(_ => _sent.Count > 0 && Chance(0.2) ? Again() : New())];

    public EventId[] Ids() => [.. Enumerable.Range(0, _sent.Count == 0 ? 0 : 1 + _random.Next(5)).Select(_ => Again().Id)];

    private Interaction Again() => _sent[_random.Next(_sent.Count)];

    private Interaction New()
    {
        var type = Chance(0.4) ? InteractionType.Chat : (InteractionType)(1 + _random.Next(4));
        CampaignId? campaign = type != InteractionType.Chat || Chance(0.5) ? new CampaignId($"c-{_random.Next(4)}") : null;
        var interaction = new Interaction(
            new EventId($"e-{_sent.Count}"), User(), type, campaign, type == InteractionType.Chat ? Text() : null,
            Now.AddSeconds(_random.Next(120) * 5));
        _sent.Add(interaction);
        return interaction;
    }

    private string Text() => _random.Next(30) switch
    {
        0 => HashedEmbedder.Poison,
        1 => "?!",
        _ => string.Join(' ', Enumerable.Range(0, 3).Select(_ => Words[_random.Next(Words.Length)])),
    };
}
