using Marketing.Domain;
using Marketing.Ingest.Generate;

namespace Marketing.Tests.Ingest;

public sealed class GeneratorTests : IDisposable
{
    private static readonly WorldOptions Options = new(500, 60, 20_000, 1, 0.2, TimeSpan.FromDays(90), WorldOptions.DefaultEnd);
    private readonly IngestFixture _ingest = new();

    public void Dispose() => _ingest.Dispose();

    [Fact]
    public async Task The_same_seed_makes_the_same_bytes_and_another_seed_others()
    {
        var first = await WriteAsync("first.ndjson.gz", Options);
        var second = await WriteAsync("second.ndjson.gz", Options);
        var other = await WriteAsync("other.ndjson.gz", Options with { Seed = 2 });

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task What_it_writes_can_be_imported_to_the_last_line()
    {
        await WriteAsync("world.ndjson", Options);

        await _ingest.ImportAsync(_ingest.PathOf("world.ndjson"));

        Assert.Equal(Options.Interactions, await _ingest.LoggedAsync());
    }

    [Fact]
    public async Task A_world_that_is_loaded_twice_is_there_once()
    {
        await _ingest.Get<WorldLoad>().RunAsync(new World(Options), Options.Interactions, CancellationToken.None);
        await _ingest.Get<WorldLoad>().RunAsync(new World(Options), Options.Interactions, CancellationToken.None);

        Assert.Equal(Options.Interactions, await _ingest.LoggedAsync());
    }

    [Fact]
    public void It_has_as_many_interactions_and_chats_as_asked_for_in_the_order_of_time()
    {
        var world = new World(Options).Interactions().ToList();

        Assert.Equal(Options.Interactions, world.Count);
        Assert.Equal(Options.Interactions * Options.ChatShare, world.Count(interaction => interaction.Type == InteractionType.Chat), 1.0);
        Assert.Equal(world.Select(interaction => interaction.OccurredAt).Order(), world.Select(interaction => interaction.OccurredAt));
        Assert.All(world, interaction => Assert.InRange(interaction.OccurredAt, Options.EndsAt - Options.Span, Options.EndsAt));
    }

    [Fact]
    public void Messages_are_mostly_unlike_each_other()
    {
        var texts = new World(Options).Interactions().Select(interaction => interaction.Text).OfType<string>().ToList();

        Assert.True(texts.Distinct().Count() > 0.9 * texts.Count);
    }

    [Fact]
    public void A_few_people_do_much_of_what_is_done()
    {
        var byUser = new World(Options).Interactions().CountBy(interaction => interaction.UserId).Select(user => user.Value).OrderDescending().ToList();

        Assert.True(byUser.Take(Options.Users / 10).Sum() > 0.3 * Options.Interactions);
    }

    [Fact]
    public void People_follow_campaigns_about_what_they_talk_about_more_than_others()
    {
        var world = new World(Options);
        var subjects = world.Campaigns.ToDictionary(campaign => campaign.Id, campaign => campaign.Name.Split(',')[0]);
        var talked = new Dictionary<UserId, string>();
        var (fitting, other) = (new Rate(), new Rate());
        foreach (var interaction in world.Interactions())
        {
            if (interaction.Text is { } text)
            {
                talked[interaction.UserId] = text;
            }
            else if (talked.TryGetValue(interaction.UserId, out var said))
            {
                var fits = said.Contains(subjects[interaction.CampaignId!.Value], StringComparison.OrdinalIgnoreCase);
                (fits ? fitting : other).Count(interaction.Type);
            }
        }

        Assert.True(fitting.Value > 2 * other.Value, $"{fitting.Value} {other.Value}");
    }

    private async Task<byte[]> WriteAsync(string name, WorldOptions options)
    {
        await WorldFile.WriteAsync(new World(options), _ingest.PathOf(name), TextWriter.Null, CancellationToken.None);
        return await File.ReadAllBytesAsync(_ingest.PathOf(name));
    }

    private sealed class Rate
    {
        private int _views;
        private int _clicks;

        public double Value => (double)_clicks / _views;

        public void Count(InteractionType type)
        {
            _views += type == InteractionType.View ? 1 : 0;
            _clicks += type == InteractionType.Click ? 1 : 0;
        }
    }
}
