using System.Numerics.Tensors;
using Marketing.Domain;
using Marketing.Domain.Ports;

namespace Marketing.Tests.Contracts;

/// <summary>The contract of every vector index; an adapter's test class creates one.</summary>
public abstract class VectorIndexContract
{
    /// <summary>Dimensions of the vectors in these tests.</summary>
    protected const int Dimensions = 32;

    /// <summary>Maximum error of a similarity or a component.</summary>
    protected virtual float Tolerance => 0.005f;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens an empty index for vectors with <see cref="Dimensions"/> components.</summary>
    protected abstract Task<IVectorIndexHost> OpenAsync();

    [Fact]
    public async Task The_nearest_messages_come_best_first_with_their_cosine()
    {
        await using var host = await OpenAsync();
        float[] query = VectorSample.Unit(0);
        await UpsertAsync(host, Message("far", vector: VectorSample.At(query, 0.1f)), Message("near", vector: VectorSample.At(query, 0.9f)), Message("middle", vector: VectorSample.At(query, 0.5f)));

        var found = await SearchAsync(host, new VectorQuery(query, 2));

        Assert.Equal(["near", "middle"], found.Select(match => match.Id.Value));
        Assert.Equal(new UserId("u-near"), found[0].UserId);
        Assert.Equal(0.9f, found[0].Similarity, Tolerance);
        Assert.Equal(0.5f, found[1].Similarity, Tolerance);
    }

    [Fact]
    public async Task A_small_index_finds_exactly_the_nearest()
    {
        await using var host = await OpenAsync();
        var messages = Enumerable.Range(0, 300).Select(i => Message($"m-{i}", vector: VectorSample.Unit(i + 10))).ToArray();
        await UpsertAsync(host, messages);

        for (int seed = 1_000; seed < 1_020; seed++)
        {
            float[] query = VectorSample.Unit(seed);
            var found = await SearchAsync(host, new VectorQuery(query, 10));

            float tenth = messages.Select(message => TensorPrimitives.Dot(query, message.Vector.Span)).OrderDescending().ElementAt(9);
            Assert.Equal(10, found.Count);
            Assert.All(found, match => Assert.True(
                TensorPrimitives.Dot(query, messages.Single(message => message.Id == match.Id).Vector.Span) >= tenth - Tolerance));
        }
    }

    [Fact]
    public async Task The_newest_messages_of_many_users_are_those_of_each()
    {
        await using var host = await OpenAsync();
        await UpsertAsync(host, [.. Enumerable.Range(0, 240).Select(i => Message($"m-{i}", $"u-{i % 120}", VectorSample.Unit(i)))]);
        var users = Enumerable.Range(-1, 122).Reverse().Select(i => new UserId($"u-{i}")).ToArray();

        var latest = await host.Index.LatestOfEachAsync(users, 1, Cancellation);

        Assert.Equal(users.Length, latest.Count);
        foreach (var (user, messages) in users.Zip(latest))
        {
            Assert.Equal((await host.Index.LatestAsync(user, 1, Cancellation)).Select(message => message.Id), messages.Select(message => message.Id));
        }
    }

    [Fact]
    public async Task An_empty_index_finds_nothing()
    {
        await using var host = await OpenAsync();

        Assert.Empty(await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10)));
        Assert.Empty(await host.Index.LatestAsync(new UserId("nobody"), 5, Cancellation));
        Assert.Equal(0, await host.Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task The_excluded_user_is_left_out_and_the_others_fill_the_places()
    {
        await using var host = await OpenAsync();
        float[] query = VectorSample.Unit(0);
        await UpsertAsync(
            host,
            Message("mine", "me", query),
            Message("mine too", "me", VectorSample.At(query, 0.9f)),
            Message("yours", "you", VectorSample.At(query, 0.5f)),
            Message("theirs", "they", VectorSample.At(query, 0.3f)));

        var found = await SearchAsync(host, new VectorQuery(query, 2, ExcludeUser: new UserId("me")));

        Assert.Equal(["yours", "theirs"], found.Select(match => match.Id.Value));
    }

    [Fact]
    public async Task Only_messages_that_named_the_campaign_are_found()
    {
        await using var host = await OpenAsync();
        float[] query = VectorSample.Unit(0);
        await UpsertAsync(
            host,
            Message("none", vector: query),
            Message("other", vector: query, campaign: "c-2"),
            Message("this", vector: VectorSample.At(query, 0.2f), campaign: "c-1"));

        var found = await SearchAsync(host, new VectorQuery(query, 10, CampaignId: new CampaignId("c-1")));
        var unknown = await SearchAsync(host, new VectorQuery(query, 10, CampaignId: new CampaignId("c-3")));

        Assert.Equal(["this"], found.Select(match => match.Id.Value));
        Assert.Empty(unknown);
    }

    [Fact]
    public async Task A_message_that_comes_again_is_one_message()
    {
        await using var host = await OpenAsync();
        var message = Message("m-1");
        await UpsertAsync(host, message, message);
        await UpsertAsync(host, message);

        Assert.Equal(1, await host.Index.CountAsync(Cancellation));
        Assert.Single(await SearchAsync(host, new VectorQuery(message.Vector, 10)));
    }

    [Fact]
    public async Task A_message_with_a_known_id_replaces_the_one_before()
    {
        await using var host = await OpenAsync();
        float[] before = VectorSample.Unit(0);
        float[] after = VectorSample.At(before, 0);
        await UpsertAsync(host, Message("m-1", "old", before));
        await UpsertAsync(host, Message("m-1", "new", after));

        var found = await SearchAsync(host, new VectorQuery(after, 10));

        Assert.Equal([new UserId("new")], found.Select(match => match.UserId));
        Assert.Equal(1f, found[0].Similarity, Tolerance);
        Assert.Empty(await host.Index.LatestAsync(new UserId("old"), 5, Cancellation));
    }

    [Fact]
    public async Task The_newest_messages_of_a_user_are_kept_in_whatever_order_they_come()
    {
        await using var host = await OpenAsync();
        int kept = host.Index.NewestPerUser;
        int[] minutes = [.. Enumerable.Range(0, kept + 5)];
        new Random(3).Shuffle(minutes);
        foreach (int[] batch in minutes.Chunk(3))
        {
            await UpsertAsync(host, [.. batch.Select(minute => Message($"m-{minute:D4}", "me", minutes: minute))]);
        }

        var latest = await host.Index.LatestAsync(new UserId("me"), 1_000, Cancellation);

        Assert.Equal(
            Enumerable.Range(0, kept + 5).Reverse().Take(kept).Select(minute => $"m-{minute:D4}"),
            latest.Select(message => message.Id.Value));
        Assert.Equal(kept, await host.Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task Of_messages_said_at_once_the_greater_id_is_the_newer()
    {
        await using var host = await OpenAsync();
        string[] ids = [.. Enumerable.Range(0, host.Index.NewestPerUser + 2).Select(i => $"m-{i:D4}")];
        await UpsertAsync(host, [.. ids.Select(id => Message(id, "me"))]);

        var latest = await host.Index.LatestAsync(new UserId("me"), 2, Cancellation);

        Assert.Equal(ids.Reverse().Take(2), latest.Select(message => message.Id.Value));
        Assert.DoesNotContain(await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 1_000)), match => match.Id.Value == ids[0]);
    }

    [Fact]
    public async Task The_latest_messages_come_back_as_they_were_said()
    {
        await using var host = await OpenAsync();
        var message = Message("m-1", "me", VectorSample.Unit(7), "c-1", terms: [1, 77, uint.MaxValue]);
        await UpsertAsync(host, message);

        var latest = Assert.Single(await host.Index.LatestAsync(new UserId("me"), 5, Cancellation));

        Assert.Equal((message.Id, message.UserId, message.CampaignId, message.OccurredAt), (latest.Id, latest.UserId, latest.CampaignId, latest.OccurredAt));
        Assert.Equal(message.Terms.ToArray(), latest.Terms.ToArray());
        Assert.Equal(1f, TensorPrimitives.CosineSimilarity(message.Vector.Span, latest.Vector.Span), Tolerance);
    }

    [Fact]
    public async Task A_removed_message_is_gone_and_unknown_ids_are_ignored()
    {
        await using var host = await OpenAsync();
        await UpsertAsync(host, Message("m-1", "me"), Message("m-2", "me"));

        await host.Index.RemoveAsync([new EventId("m-1"), new EventId("never")], Cancellation);
        await host.SettleAsync();

        Assert.Equal(["m-2"], (await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10))).Select(match => match.Id.Value));
        Assert.Equal(["m-2"], (await host.Index.LatestAsync(new UserId("me"), 5, Cancellation)).Select(message => message.Id.Value));
        Assert.Equal(1, await host.Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task A_removed_user_is_gone_and_the_others_stay()
    {
        await using var host = await OpenAsync();
        await UpsertAsync(host, Message("m-1", "me"), Message("m-2", "me"), Message("m-3", "you"));

        await host.Index.RemoveUserAsync(new UserId("me"), Cancellation);
        await host.SettleAsync();

        Assert.Equal(["m-3"], (await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10))).Select(match => match.Id.Value));
        Assert.Empty(await host.Index.LatestAsync(new UserId("me"), 5, Cancellation));
        Assert.Equal([(new EventId("m-3"), new UserId("you"))], (await Sample.AllAsync(host.Index.ScanAsync(10, Cancellation))).Select(message => (message.Id, message.UserId)));
    }

    [Fact]
    public async Task A_users_messages_are_read_with_every_write_seen()
    {
        await using var host = await OpenAsync();
        var message = Message("m-1", "me");
        await host.Index.UpsertAsync([message, Message("m-2", "you")], Cancellation);

        var read = Assert.Single(await host.Index.ReadUserAsync(new UserId("me"), Cancellation));

        Assert.Equal((message.Id, message.UserId, message.CampaignId, message.OccurredAt), (read.Id, read.UserId, read.CampaignId, read.OccurredAt));
        Assert.Equal(1, TensorPrimitives.CosineSimilarity(message.Vector.Span, read.Vector.Span), Tolerance);
    }

    [Fact]
    public async Task What_is_written_while_a_rebuild_fills_the_index_is_there_afterwards()
    {
        await using var host = await OpenAsync();
        await UpsertAsync(host, Message("m-1", "a"), Message("m-2", "b"), Message("m-3", "c"));

        await host.Index.RebuildAsync(
            async (target, cancel) =>
            {
                await target.UpsertAsync([Message("m-1", "a"), Message("m-2", "b"), Message("m-3", "c")], cancel);
                await host.Index.UpsertAsync([Message("m-4", "d")], cancel);
                await host.Index.RemoveUserAsync(new UserId("b"), cancel);
                await host.Index.RemoveAsync([new EventId("m-3")], cancel);
                await host.SettleAsync();
                Assert.NotEmpty(await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10)));
            },
            Cancellation);
        await host.SettleAsync();

        Assert.Equal(["m-1", "m-4"], (await Sample.AllAsync(host.Index.ScanAsync(10, Cancellation))).Select(message => message.Id.Value).Order());
        Assert.Equal(2, (await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10))).Count);
        Assert.Equal(0, await host.Index.VerifyAsync(repair: false, Cancellation));
    }

    [Fact]
    public async Task A_removed_message_can_come_back()
    {
        await using var host = await OpenAsync();
        await UpsertAsync(host, Message("m-1", "me"));
        await host.Index.RemoveAsync([new EventId("m-1")], Cancellation);
        await UpsertAsync(host, Message("m-1", "me"));

        Assert.Single(await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 10)));
    }

    [Fact]
    public async Task A_scan_gives_every_message_once_in_batches()
    {
        await using var host = await OpenAsync();
        var messages = Enumerable.Range(0, 25).Select(i => Message($"m-{i:D2}", $"u-{i % 5}")).ToArray();
        await UpsertAsync(host, messages);

        var batches = new List<IReadOnlyList<MessageVector>>();
        await foreach (var batch in host.Index.ScanAsync(10, Cancellation))
        {
            batches.Add(batch);
        }

        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, 10));
        Assert.Equal(messages.Select(message => (message.Id, message.UserId)), batches.SelectMany(batch => batch).Select(message => (message.Id, message.UserId)).OrderBy(entry => entry.Id));
    }

    [Fact]
    public async Task A_vector_of_another_length_is_refused_and_nothing_of_its_batch_is_kept()
    {
        await using var host = await OpenAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => host.Index.UpsertAsync([Message("m-1"), Message("m-2", vector: new float[Dimensions + 1])], Cancellation));
        await host.SettleAsync();

        Assert.Equal(0, await host.Index.CountAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using var host = await OpenAsync();
        var message = Message("m-1", "me", VectorSample.Unit(3), "c-1", terms: [5, 6]);
        await UpsertAsync(host, message, Message("gone", "me"), Message("m-3", "you"));
        await host.Index.RemoveAsync([new EventId("gone")], Cancellation);
        await host.SettleAsync();
        var before = await SearchAsync(host, new VectorQuery(message.Vector, 10));

        await host.ReopenAsync();

        Assert.Equal(before, await SearchAsync(host, new VectorQuery(message.Vector, 10)));
        Assert.Equal(2, await host.Index.CountAsync(Cancellation));
        var latest = Assert.Single(await host.Index.LatestAsync(new UserId("me"), 5, Cancellation));
        Assert.Equal((message.Id, message.CampaignId, message.OccurredAt), (latest.Id, latest.CampaignId, latest.OccurredAt));
        Assert.Equal(message.Terms.ToArray(), latest.Terms.ToArray());
    }

    [Fact]
    public async Task Ids_of_every_form_come_back_as_they_were()
    {
        await using var host = await OpenAsync();
        string[] ids =
        [
            "e", "exactly-16-bytes", "seventeen--bytes-", "ünïcödé", "0f8fad5b-d9cb-469f-a165-70867728950e", "0F8FAD5B-D9CB-469F-A165-70867728950E",
            "0f8fad5bd9cb469fa16570867728950e", "0F8FAD5BD9CB469FA16570867728950E", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "AAAAAAAAAAAAAAAAAAAAAA",
            "AAAAAAAAAAAAAAAAAAAAAB", new string('x', 128), new string('é', 60), "🙂",
        ];
        await UpsertAsync(host, [.. ids.Select(id => Message(id, id))]);
        await host.ReopenAsync();

        var found = await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 100));

        Assert.Equal(ids.Order(StringComparer.Ordinal), found.Select(match => match.Id.Value).Order(StringComparer.Ordinal));
        Assert.All(found, match => Assert.Equal(match.Id.Value, match.UserId.Value));
    }

    [Fact]
    public async Task Searches_during_writes_find_only_what_was_written_and_never_miss_what_stays()
    {
        await using var host = await OpenAsync();
        float[] query = VectorSample.Unit(0);
        await UpsertAsync(host, Message("stays", "you", query));
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var searches = Enumerable.Range(0, 2).Select(_ => Task.Run(
            async () =>
            {
                int rounds = 0;
                while (!done.IsCancellationRequested || rounds == 0)
                {
                    var found = await host.Index.SearchAsync(new VectorQuery(query, 5), Cancellation);
                    Assert.Equal("stays", found[0].Id.Value);
                    Assert.All(found, match => Assert.Equal(match.Id.Value == "stays" ? "you" : $"u-{match.Id.Value}", match.UserId.Value));
                    Assert.Equal(found.Count, found.Select(match => match.Id).Distinct().Count());
                    rounds++;
                }
            },
            Cancellation)).ToArray();

        for (int round = 0; round < 20; round++)
        {
            var batch = Enumerable.Range(0, 50).Select(i => Message($"{round}-{i}", vector: VectorSample.At(query, 0.5f))).ToArray();
            await host.Index.UpsertAsync(batch, Cancellation);
            await host.Index.RemoveAsync([.. batch.Select(message => message.Id)], Cancellation);
        }

        await done.CancelAsync();
        await Task.WhenAll(searches);
        Assert.Equal(1, await host.Index.CountAsync(Cancellation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Any_mix_of_writes_leaves_what_a_plain_model_says(int seed)
    {
        await using var host = await OpenAsync();
        var model = new VectorIndexModel(host.Index.NewestPerUser);
        var random = new Random(seed);
        for (int step = 0; step < 60; step++)
        {
            switch (random.Next(10))
            {
                case 0:
                    var ids = Enumerable.Range(0, 3).Select(_ => new EventId($"m-{random.Next(200)}")).ToArray();
                    model.Remove(ids);
                    await host.Index.RemoveAsync(ids, Cancellation);
                    break;
                case 1 when random.Next(3) == 0:
                    var user = new UserId($"u-{random.Next(6)}");
                    model.RemoveUser(user);
                    await host.Index.RemoveUserAsync(user, Cancellation);
                    break;
                case 2 when random.Next(3) == 0:
                    await host.ReopenAsync();
                    break;
                default:
                    var batch = Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.Next(200))
                        .Select(i => Message($"m-{i}", $"u-{i % 6}", VectorSample.Unit(i), minutes: i * 7 % 50)).ToArray();
                    model.Upsert(batch);
                    await host.Index.UpsertAsync(batch, Cancellation);
                    break;
            }
        }

        await host.SettleAsync();
        Assert.Equal(model.Ids, (await Sample.AllAsync(host.Index.ScanAsync(7, Cancellation))).Select(entry => entry.Id).Order());
        Assert.Equal(model.Ids, (await SearchAsync(host, new VectorQuery(VectorSample.Unit(0), 1_000))).Select(match => match.Id).Order());
        for (int user = 0; user < 6; user++)
        {
            var latest = await host.Index.LatestAsync(new UserId($"u-{user}"), 1_000, Cancellation);
            Assert.Equal(model.Latest(new UserId($"u-{user}")), latest.Select(message => message.Id));
        }
    }

    protected static MessageVector Message(
        string id, string? user = null, float[]? vector = null, string? campaign = null, int minutes = 0, uint[]? terms = null) => new(
        new EventId(id),
        new UserId(user ?? $"u-{id}"),
        campaign is null ? null : new CampaignId(campaign),
        Sample.Noon.AddMinutes(minutes),
        vector ?? VectorSample.Unit(0),
        terms ?? []);

    private static async Task UpsertAsync(IVectorIndexHost host, params MessageVector[] messages)
    {
        await host.Index.UpsertAsync(messages, Cancellation);
        await host.SettleAsync();
    }

    private static ValueTask<IReadOnlyList<VectorMatch>> SearchAsync(IVectorIndexHost host, VectorQuery query) =>
        host.Index.SearchAsync(query, Cancellation);

    /// <summary>Vectors with <see cref="Dimensions"/> components.</summary>
    protected static class VectorSample
    {
        /// <summary>Returns a random direction, the same for the same seed.</summary>
        public static float[] Unit(int seed)
        {
            var random = new Random(seed);
            float[] vector = [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() - 0.5f)];
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            return vector;
        }

        /// <summary>Returns a unit vector with a given cosine to another.</summary>
        public static float[] At(float[] vector, float cosine)
        {
            float[] other = Unit(99);
            float along = TensorPrimitives.Dot<float>(vector, other);
            float[] across = [.. other.Select((component, i) => component - (along * vector[i]))];
            float length = TensorPrimitives.Norm<float>(across);
            float sine = MathF.Sqrt(1 - (cosine * cosine));
            return [.. across.Select((component, i) => (cosine * vector[i]) + (sine * component / length))];
        }
    }
}
