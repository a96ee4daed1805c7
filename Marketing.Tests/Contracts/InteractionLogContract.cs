using Marketing.Domain;
using Marketing.Domain.Ports;
using static Marketing.Tests.Contracts.Sample;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every <see cref="IInteractionLog"/>.</summary>
public abstract class InteractionLogContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected abstract Task<ILogStores> OpenAsync();

    [Fact]
    public async Task An_appended_interaction_is_read_back_as_it_was()
    {
        await using var stores = await OpenAsync();
        var full = new Interaction(
            new EventId("e-1"), new UserId("ü-🙂"), InteractionType.Chat, new CampaignId("č/1"),
            "first\0second \u2028 👩‍👩‍👧 " + new string('x', 100_000), Noon.AddMilliseconds(7),
            """{ "b":1.0,  "a":[1e3,"\u00e9 é"],"a":null }""");
        var bare = new Interaction(new EventId("e-2"), new UserId("ü-🙂"), InteractionType.Chat, null, "", Noon, "");
        Assert.Equal([AppendOutcome.Accepted, AppendOutcome.Accepted], await stores.Log.AppendAsync([full, bare], Cancel));
        Assert.Equal([full, bare], await AllAsync(stores.Log.ScanAsync(10, Cancel)));
        Assert.Equal([full, bare], (await stores.Log.ReadUserAsync(full.UserId, null, 10, Cancel)).Items);
        Assert.Equal([full], await stores.Log.FindAsync(Ids("e-1", "unknown", "e-1"), Cancel));
    }

    [Fact]
    public async Task A_retried_interaction_is_counted_once()
    {
        await using var stores = await OpenAsync();
        Assert.Equal(
            [AppendOutcome.Accepted, AppendOutcome.Accepted, AppendOutcome.Duplicate],
            await stores.Log.AppendAsync([Chat("a"), Chat("b"), Chat("a")], Cancel));
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Accepted], await stores.Log.AppendAsync([Chat("b"), Chat("c")], Cancel));
        Assert.Equal([Chat("a"), Chat("b"), Chat("c")], (await AllAsync(stores.Log.ScanAsync(2, Cancel))).OrderBy(i => i.Id));
        Assert.Equal(3, (await stores.Log.StatisticsAsync(Cancel)).Total);
    }

    [Fact]
    public async Task Another_interaction_under_the_same_id_is_a_conflict_and_changes_nothing()
    {
        await using var stores = await OpenAsync();
        var first = Chat("a", campaign: "c-1") with { Properties = """{"a":1,"b":[2]}""" };
        var view = Event("b", InteractionType.View);
        await stores.Log.AppendAsync([first, view], Cancel);
        Interaction[] others =
        [
            first with { UserId = new UserId("u-2") },
            first with { Text = "another" },
            first with { CampaignId = new CampaignId("c-2") },
            first with { CampaignId = null },
            first with { OccurredAt = Noon.AddMilliseconds(1) },
            first with { Properties = """{"a":1,"b":[3]}""" },
            first with { Properties = null },
            view with { Id = new EventId("a") },
            view with { Type = InteractionType.Click },
        ];
        Assert.All(await stores.Log.AppendAsync(others, Cancel), outcome => Assert.Equal(AppendOutcome.Conflict, outcome));
        await stores.ReopenAsync();
        Assert.All(await stores.Log.AppendAsync(others, Cancel), outcome => Assert.Equal(AppendOutcome.Conflict, outcome));
        Assert.Equal([first, view], (await AllAsync(stores.Log.ScanAsync(5, Cancel))).OrderBy(i => i.Id));
        Assert.Equal(2, (await stores.Queue.BacklogAsync(Cancel)).Pending);
    }

    [Fact]
    public async Task Of_two_under_one_id_in_a_batch_the_first_is_kept_and_the_second_is_a_conflict()
    {
        await using var stores = await OpenAsync();
        Assert.Equal(
            [AppendOutcome.Accepted, AppendOutcome.Conflict, AppendOutcome.Duplicate],
            await stores.Log.AppendAsync([Chat("a"), Chat("a", user: "u-2"), Chat("a")], Cancel));
        Assert.Equal([Chat("a")], await AllAsync(stores.Log.ScanAsync(5, Cancel)));
        Assert.Equal(1, (await stores.Log.StatisticsAsync(Cancel)).Users);
    }

    [Fact]
    public async Task A_retry_may_write_its_json_anew_and_leave_the_time_to_the_receiver()
    {
        await using var stores = await OpenAsync();
        var first = Chat("a") with { Properties = """{"a":1,"b":"é"}""" };
        await stores.Log.AppendAsync([first], Cancel);
        var later = first with { OccurredAt = Noon.AddHours(3), IsTimedOnReceipt = true };
        Assert.Equal(
            [AppendOutcome.Duplicate, AppendOutcome.Duplicate, AppendOutcome.Conflict],
            await stores.Log.AppendAsync(
                [first with { Properties = """{ "b": "é", "a": 1 }""" }, later, later with { Text = "another" }], Cancel));
    }

    [Fact]
    public async Task A_chat_sent_again_after_its_text_was_redacted_is_a_duplicate()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([Chat("a")], Cancel);
        await stores.PersonalData.RedactTextAsync(Noon.AddMinutes(1), 5, Cancel);
        Assert.Equal(
            [AppendOutcome.Duplicate, AppendOutcome.Conflict],
            await stores.Log.AppendAsync([Chat("a"), Chat("a", user: "u-2")], Cancel));
        Assert.Null(Assert.Single(await AllAsync(stores.Log.ScanAsync(5, Cancel))).Text);
    }

    [Fact]
    public async Task Of_concurrent_appenders_exactly_one_has_an_interaction_accepted()
    {
        await using var stores = await OpenAsync();
        var flags = await Task.WhenAll(Enumerable.Range(0, 16).Select(appender => Task.Run(
            async () =>
            {
                // Each appender sends the same ids, in its own order and batches.
                var accepted = new List<EventId>();
                int[] order = [.. Enumerable.Range(0, 200)];
                new Random(appender).Shuffle(order);
                foreach (int[] chunk in order.Chunk(appender + 1))
                {
                    var batch = chunk.Select(n => Chat($"e-{n}", user: $"u-{n % 7}")).ToList();
                    var fresh = await stores.Log.AppendAsync(batch, Cancel);
                    accepted.AddRange(batch.Where((_, i) => fresh[i] == AppendOutcome.Accepted).Select(i => i.Id));
                }

                return accepted;
            },
            Cancel)));
        var all = flags.SelectMany(ids => ids).ToList();
        Assert.Equal(200, all.Count);
        Assert.Equal(200, all.Distinct().Count());
        Assert.Equal(200, (await stores.Log.StatisticsAsync(Cancel)).Total);
    }

    [Fact]
    public async Task A_users_history_is_paged_newest_first_whatever_times_are_equal()
    {
        await using var stores = await OpenAsync();
        var random = new Random(5);
        var sent = Enumerable.Range(0, 57).Select(n => Chat($"e-{n:00}", minutes: random.Next(6))).ToArray();
        await stores.Log.AppendAsync(sent, Cancel);
        await stores.Log.AppendAsync([Chat("other", user: "u-2")], Cancel);
        var expected = sent.OrderByDescending(i => i.OccurredAt).ThenByDescending(i => i.Id).ToArray();
        foreach (int limit in new[] { 1, 2, 5, 56, 57, 58 })
        {
            var read = new List<Interaction>();
            string? cursor = null;
            do
            {
                var page = await stores.Log.ReadUserAsync(new UserId("u-1"), cursor, limit, Cancel);
                Assert.InRange(page.Items.Count, 1, limit);
                read.AddRange(page.Items);
                cursor = page.NextCursor;
            }
            while (cursor is not null);

            Assert.Equal(expected, read);
        }
    }

    [Fact]
    public async Task An_unknown_user_has_an_empty_history()
    {
        await using var stores = await OpenAsync();
        var page = await stores.Log.ReadUserAsync(new UserId("nobody"), null, 5, Cancel);
        Assert.Empty(page.Items);
        Assert.Null(page.NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    [InlineData("not a cursor")]
    public async Task A_cursor_that_is_not_ours_is_a_format_error(string cursor)
    {
        await using var stores = await OpenAsync();
        await Assert.ThrowsAsync<FormatException>(() => stores.Log.ReadUserAsync(new UserId("u-1"), cursor, 5, Cancel));
    }

    [Fact]
    public async Task A_scan_gives_each_interaction_once_while_others_append()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync([.. Enumerable.Range(0, 100).Select(n => Chat($"old-{n}"))], Cancel);
        var seen = new List<Interaction>();
        int appended = 0;
        await foreach (var batch in stores.Log.ScanAsync(7, Cancel))
        {
            Assert.InRange(batch.Count, 1, 7);
            seen.AddRange(batch);
            if (appended < 20)
            {
                await stores.Log.AppendAsync([Chat($"new-{appended++}")], Cancel);
            }
        }

        Assert.Equal(seen.Count, seen.Select(i => i.Id).Distinct().Count());
        Assert.Equal(100, seen.Count(i => i.Id.Value.StartsWith("old-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Statistics_count_by_type_and_distinct_users()
    {
        await using var stores = await OpenAsync();
        await stores.Log.AppendAsync(
            [Chat("a"), Chat("b", user: "u-2"), Event("c", InteractionType.Click), Event("d", InteractionType.Dismiss, user: "u-3")], Cancel);
        var statistics = await stores.Log.StatisticsAsync(Cancel);
        Assert.Equal(4, statistics.Total);
        Assert.Equal(
            new Dictionary<InteractionType, long> { [InteractionType.Chat] = 2, [InteractionType.Click] = 1, [InteractionType.Dismiss] = 1 },
            statistics.ByType);
        Assert.Equal(2, statistics.ChatsWithText);
        Assert.Equal(3, statistics.Users);
    }

    [Fact]
    public async Task Edges_equal_a_naive_recomputation_from_the_whole_log()
    {
        await using var stores = await OpenAsync();
        var expected = new List<Interaction>();
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var batch = Enumerable.Range(0, random.Next(1, 60)).Select(n => RandomInteraction(random, $"e-{random.Next(2000)}")).ToList();
            var outcomes = await stores.Log.AppendAsync(batch, Cancel);
            expected.AddRange(batch.Where((_, i) => outcomes[i] == AppendOutcome.Accepted));
            var pairs = Enumerable.Range(0, 30)
                .Select(_ => (new UserId($"u-{random.Next(12)}"), new CampaignId($"c-{random.Next(7)}"))).Distinct().ToList();
            var edges = await stores.Log.EdgesAsync(pairs, Cancel);
            Assert.Equal(
                pairs.Select(pair => NaiveEdge(expected, pair)).OfType<CampaignEdge>().Select(Describe).Order(StringComparer.Ordinal),
                edges.Select(Describe).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task A_canceled_call_changes_nothing()
    {
        await using var stores = await OpenAsync();
        using var canceled = new CancellationTokenSource();
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stores.Log.AppendAsync([Chat("a")], canceled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AllAsync(stores.Log.ScanAsync(5, canceled.Token)));
        Assert.Equal(0, (await stores.Log.StatisticsAsync(Cancel)).Total);
        Assert.Equal([AppendOutcome.Accepted], await stores.Log.AppendAsync([Chat("a")], Cancel));
    }

    [Fact]
    public async Task An_empty_batch_is_nothing()
    {
        await using var stores = await OpenAsync();
        Assert.Empty(await stores.Log.AppendAsync([], Cancel));
        Assert.Empty(await stores.Log.FindAsync([], Cancel));
        Assert.Empty(await stores.Log.EdgesAsync([], Cancel));
        Assert.Empty(await AllAsync(stores.Log.ScanAsync(5, Cancel)));
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart()
    {
        await using var stores = await OpenAsync();
        var sent = new[] { Chat("a"), Event("b", InteractionType.View) };
        await stores.Log.AppendAsync(sent, Cancel);
        await stores.ReopenAsync();
        Assert.Equal(sent, (await AllAsync(stores.Log.ScanAsync(5, Cancel))).OrderBy(i => i.Id));
        Assert.Equal([AppendOutcome.Duplicate, AppendOutcome.Accepted], await stores.Log.AppendAsync([sent[0], Chat("c")], Cancel));
        Assert.Equal(3, (await stores.Queue.BacklogAsync(Cancel)).Pending);
    }

    private static Interaction RandomInteraction(Random random, string id)
    {
        var type = (InteractionType)random.Next(5);
        CampaignId? campaign = type == InteractionType.Chat && random.Next(2) == 0 ? null : new CampaignId($"c-{random.Next(6)}");
        return new(
            new EventId(id), new UserId($"u-{random.Next(10)}"), type, campaign,
            type == InteractionType.Chat ? "hello" : null, Noon.AddMinutes(random.Next(50)));
    }

    private static CampaignEdge? NaiveEdge(List<Interaction> log, (UserId User, CampaignId Campaign) pair)
    {
        var own = log.Where(i => i.UserId == pair.User && i.CampaignId == pair.Campaign).ToList();
        int Count(InteractionType type) => own.Count(i => i.Type == type);
        return own.Count == 0 ? null : new CampaignEdge(
            pair.User, pair.Campaign, Count(InteractionType.Chat), Count(InteractionType.View), Count(InteractionType.Click),
            Count(InteractionType.Convert), Count(InteractionType.Dismiss), own.Max(i => i.OccurredAt),
            [.. own.Where(i => i.Type == InteractionType.View).Select(i => i.OccurredAt).OrderDescending().Take(CampaignEdge.MaxRecentViews)]);
    }
}
