using System.Globalization;
using Marketing.Domain;

namespace Marketing.Projections.Samples;

/// <summary>
/// Simulates the bank's customers: each has one or two topics, asks about them, is then shown campaigns, and clicks relevant ones
/// more often than others. Seeded, so every run is the same.
/// </summary>
internal sealed class SampleCustomers(SampleBank bank, DateTimeOffset end)
{
    private const int Seed = 77;
    private const int Count = 1_000;
    private const double Days = 60;

    private readonly Random _random = new(Seed);
    private readonly List<Interaction> _interactions = [];
    private readonly List<UserProfile> _profiles = [];

    public IReadOnlyList<Interaction> Interactions => _interactions;

    public IReadOnlyList<UserProfile> Profiles => _profiles;

    public void Live()
    {
        for (var i = 1; i <= Count; i++)
        {
            Live(new SampleCustomer(string.Create(CultureInfo.InvariantCulture, $"u-{i:D4}"), NextSegment()));
        }

        Tell(bank.Story);
        _interactions.Sort(static (left, right) =>
            left.OccurredAt != right.OccurredAt ? left.OccurredAt.CompareTo(right.OccurredAt) : left.Id.CompareTo(right.Id));
    }

    private void Live(SampleCustomer customer)
    {
        if (customer.Segment is { } segment)
        {
            _profiles.Add(new UserProfile(new UserId(customer.Id), new Dictionary<string, string> { ["segment"] = segment }));
        }

        var first = NextTopic();
        var second = _random.NextDouble() < 0.4 ? NextTopic() : first;
        var chats = 2 + (int)Math.Min(12, -Math.Log(1 - _random.NextDouble()) * 3);
        for (var i = 0; i < chats; i++)
        {
            var topic = _random.NextDouble() switch { < 0.7 => first, < 0.9 => second, _ => NextTopic() };
            var (intent, answers) = topic.Intents.ElementAt(_random.Next(topic.Intents.Count));
            var messages = bank.Messages[intent];
            var daysAgo = Days * Math.Pow(_random.NextDouble(), 1.5);
            Add(customer, InteractionType.Chat, null, messages[_random.Next(messages.Count)], daysAgo);
            for (var shown = _random.Next(1, 4); shown > 0; shown--)
            {
                Show(customer, answers, Math.Max(daysAgo - (_random.NextDouble() * 2), daysAgo * _random.NextDouble()));
            }
        }
    }

    private void Show(SampleCustomer customer, IReadOnlyDictionary<string, int> answers, double daysAgo)
    {
        var id = _random.NextDouble() < 0.65
            ? Weighted(answers, static answer => answer.Value).Key
            : bank.Campaigns[_random.Next(bank.Campaigns.Count)].Id;
        var campaign = bank.Campaigns.First(candidate => candidate.Id == id);
        var fits = answers.GetValueOrDefault(campaign.Id);
        var (follow, convert, dismiss) = (_random.NextDouble(), _random.NextDouble(), _random.NextDouble());
        if (!campaign.IsOpenTo(customer.Segment, daysAgo) || customer.Done.Contains(campaign.Id))
        {
            return;
        }

        Add(customer, InteractionType.View, campaign.Id, null, daysAgo);
        if (follow < 0.03 + (0.12 * fits))
        {
            Add(customer, InteractionType.Click, campaign.Id, null, daysAgo * 0.999);
            if (convert < 0.05 + (0.12 * fits))
            {
                Add(customer, InteractionType.Convert, campaign.Id, null, daysAgo * 0.99);
                customer.Done.Add(campaign.Id);
            }
        }
        else if (fits == 0 && dismiss < 0.05)
        {
            Add(customer, InteractionType.Dismiss, campaign.Id, null, daysAgo * 0.999);
            customer.Done.Add(campaign.Id);
        }
    }

    private void Tell(SampleUserStory story)
    {
        var customer = new SampleCustomer(story.UserId, null);
        foreach (var chat in story.Chats)
        {
            Add(customer, InteractionType.Chat, null, chat.Text, chat.MinutesAgo / 1440d);
        }

        foreach (var view in story.Views)
        {
            Add(customer, InteractionType.View, view.CampaignId, null, view.MinutesAgo / 1440d);
        }
    }

    private void Add(SampleCustomer customer, InteractionType type, string? campaignId, string? text, double daysAgo) =>
        _interactions.Add(new Interaction(
            new EventId(string.Create(CultureInfo.InvariantCulture, $"sample-{customer.Id}-{++customer.Events:D2}")),
            new UserId(customer.Id),
            type,
            campaignId is null ? null : new CampaignId(campaignId),
            text,
            end.AddMilliseconds(-Math.Round(daysAgo * 86_400_000)),
            """{"channel":"app"}"""));

    private string? NextSegment() =>
        _random.NextDouble() switch { < 0.12 => "student", < 0.24 => "family", < 0.32 => "premium", _ => null };

    private SampleTopic NextTopic() => Weighted(bank.Topics, static topic => topic.Weight);

    private T Weighted<T>(IEnumerable<T> items, Func<T, int> weight)
    {
        var left = _random.Next(items.Sum(weight));
        return items.First(item => (left -= weight(item)) < 0);
    }

    /// <summary>A customer's state during the simulation.</summary>
    private sealed record SampleCustomer(string Id, string? Segment)
    {
        public int Events { get; set; }

        public HashSet<string> Done { get; } = [];
    }
}
