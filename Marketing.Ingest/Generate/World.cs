using System.Globalization;
using Marketing.Domain;
using EventId = Marketing.Domain.EventId;

namespace Marketing.Ingest.Generate;

/// <summary>
/// A realistic world of any size, generated in time order with memory proportional to the number of users: users chat about their
/// interests, see campaigns, and follow the matching ones more often than others.
/// </summary>
internal sealed class World
{
    private static readonly string[] Channels = ["""{"channel":"app"}""", """{"channel":"web"}""", """{"channel":"phone"}"""];

    private readonly WorldOptions _options;
    private readonly Random _random;
    private readonly GeneratedCampaign[] _campaigns;
    private readonly CampaignPlacement _placement;
    private readonly Population _population;
    private readonly ChatWriter _chat;
    private readonly PriorityQueue<(int User, InteractionType Type, CampaignId Campaign), DateTimeOffset> _consequences = new();

    public World(WorldOptions options)
    {
        var words = Vocabulary.Load();
        _options = options;
        _random = new Random(options.Seed);
        _campaigns = GeneratedCampaign.Generate(options, words);
        _placement = new CampaignPlacement(_campaigns, words);
        _population = new Population(options.Users, words, _random);
        _chat = new ChatWriter(words, _random);
    }

    public IEnumerable<Campaign> Campaigns => _campaigns.Select(static campaign => campaign.Campaign);

    /// <summary>The interactions, oldest first.</summary>
    /// <remarks>Enumerate only once.</remarks>
    public IEnumerable<Interaction> Interactions()
    {
        long chats = 0;
        for (long i = 0; i < _options.Interactions; i++)
        {
            var now = Time(i);
            if (_consequences.TryPeek(out _, out var due) && due <= now)
            {
                var (who, what, which) = _consequences.Dequeue();
                yield return Make(i, who, what, which, null, due);
                continue;
            }

            var user = _population.Draw(_random);
            if (chats < _options.ChatShare * (i + 1))
            {
                chats++;
                yield return Make(i, user, InteractionType.Chat, null, _chat.Write(_population.Turn(user, _random)), now);
            }
            else
            {
                var campaign = _placement.Draw(_random, _population.Mind(user));
                Foresee(user, campaign, now);
                yield return Make(i, user, InteractionType.View, campaign.Campaign.Id, null, now);
            }
        }
    }

    /// <summary>Decides the outcome of a view.</summary>
    private void Foresee(int user, GeneratedCampaign campaign, DateTimeOffset seenAt)
    {
        var mind = _population.Mind(user);
        var fit = mind == campaign.Interest ? 1 : mind.Topic == campaign.Interest.Topic ? 0.4 : 0;
        var (follow, convert) = (_random.NextDouble(), _random.NextDouble());
        if (follow < (0.02 + (0.25 * fit)) * campaign.Quality)
        {
            var clickedAt = seenAt.AddSeconds(2 + _random.Next(120));
            _consequences.Enqueue((user, InteractionType.Click, campaign.Campaign.Id), clickedAt);
            if (convert < (0.03 + (0.2 * fit)) * campaign.Quality)
            {
                _consequences.Enqueue(
                    (user, InteractionType.Convert, campaign.Campaign.Id), clickedAt.AddSeconds(60 + _random.Next(7200)));
            }
        }
        else if (fit == 0 && convert < 0.03)
        {
            _consequences.Enqueue((user, InteractionType.Dismiss, campaign.Campaign.Id), seenAt.AddSeconds(1 + _random.Next(20)));
        }
    }

    /// <summary>The time of an interaction: evenly spread over the days, and more around noon than at night.</summary>
    private DateTimeOffset Time(long number)
    {
        var days = _options.Span.TotalDays * number / _options.Interactions;
        var day = Math.Floor(days);
        var part = days - day;
        part += 0.8 * Math.Sin(2 * Math.PI * part) / (2 * Math.PI);
        return (_options.EndsAt - _options.Span).AddMilliseconds(Math.Floor((day + part) * 86_400_000));
    }

    private Interaction Make(
        long number, int user, InteractionType type, CampaignId? campaign, string? text, DateTimeOffset at) => new(
            new EventId(string.Create(CultureInfo.InvariantCulture, $"g{_options.Seed}-{number}")),
            _population.Id(user),
            type,
            campaign,
            text,
            at,
            Channels[user % Channels.Length]);
}
