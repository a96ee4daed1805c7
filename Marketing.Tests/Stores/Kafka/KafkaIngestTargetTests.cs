using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Marketing.Domain;
using Marketing.Domain.Ports;
using Marketing.Stores;
using Marketing.Stores.Kafka;
using Marketing.Tests.Api;
using Marketing.Tests.Contracts;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Marketing.Tests.Stores.Kafka;

public sealed class KafkaIngestTargetTests
{
    /// <summary>Every character that an encoder might change, in as little space as possible.</summary>
    private const string Odd =
        """{"eventId":"e-1","userId":"ü/1","type":"chat","text":"\"quoted\" <b> 😀 \u0001","occurredAt":"2026-01-02T03:04:05.678+02:00","properties":{"a" : "é","n":1.50}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_posted_arrives_in_the_log_as_it_was_sent()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        await using var server = KafkaIngestServer.On(topics);
        using var client = server.CreateClient();
        using var response = await ApiServer.PostAsync(client, $$"""[{{Odd}}, {"userId":"u","type":"view"}]""");
        var answer = await ApiServer.ReadAsync(response, (int)HttpStatusCode.Accepted);
        Assert.Equal((1, 0, 1), Counts(answer));
        Assert.Equal("campaignId", answer.GetProperty("rejections")[0].GetProperty("field").GetString());

        await InLog(server, 1);
        var kept = Assert.Single(await Sample.AllAsync(server.Services.GetRequiredService<IInteractionLog>().ScanAsync(10, Cancel)));
        Assert.Equal(
            new Interaction(new EventId("e-1"), new UserId("ü/1"), InteractionType.Chat, null, "\"quoted\" <b> 😀 \u0001",
                new DateTimeOffset(2026, 1, 2, 1, 4, 5, 678, TimeSpan.Zero), """{"a" : "é","n":1.50}"""),
            kept);
    }

    [Fact]
    public async Task A_post_that_is_sent_again_is_accepted_again_and_counted_once()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        await using var server = KafkaIngestServer.On(topics);
        using var client = server.CreateClient();
        var lines = string.Join('\n', Enumerable.Range(0, 100).Select(n => $$"""{"userId":"u-{{n % 7}}","type":"chat","text":"message {{n}}"}"""));
        for (int round = 0; round < 2; round++)
        {
            using var response = await ApiServer.PostAsync(client, lines, "application/x-ndjson");
            Assert.Equal((100, 0, 0), Counts(await ApiServer.ReadAsync(response, 202)));
        }

        await Eventually.TrueAsync("all 200 messages are committed", async () => await topics.CommittedAsync() == 200);
        Assert.Equal(100, await CountAsync(server));
    }

    [Fact]
    public async Task A_process_without_a_consumer_leaves_them_in_the_topic_under_their_user()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        await using var server = KafkaIngestServer.On(topics, consumes: false);
        using var client = server.CreateClient();
        using var response = await ApiServer.PostAsync(client, Odd);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("ü/1", Assert.Single(topics.Read(topics.Topic, 1)).Message.Key);
        Assert.Equal(0, await CountAsync(server));
    }

    [Fact]
    public async Task What_is_valid_and_grows_when_it_is_written_still_arrives()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        await using var server = KafkaIngestServer.On(topics);
        using var client = server.CreateClient();
        var text = string.Concat(Enumerable.Repeat("😀", 980)); // 3,920 of the 4,000 bytes this server accepts
        using var response = await ApiServer.PostAsync(client, $$"""{"userId":"u","type":"chat","text":"{{text}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await InLog(server, 1);
    }

    [Fact]
    public async Task More_than_the_client_has_room_for_waits_its_turn()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        using var producer = new ProducerBuilder<byte[], byte[]>(
            new ProducerConfig { BootstrapServers = topics.Servers, QueueBufferingMaxMessages = 10 }).Build();
        var target = new KafkaIngestTarget(producer, ingestion: null!, Options.Create(new KafkaOptions { Topic = topics.Topic }), TimeProvider.System);
        var chats = Enumerable.Range(0, 100).Select(n => new Interaction(
            new EventId($"e-{n}"), new UserId("u"), InteractionType.Chat, null, "hi", DateTimeOffset.UnixEpoch)).ToList();
        Assert.Equal(Enumerable.Repeat(AppendOutcome.Accepted, 100), await target.AppendAsync(chats, Cancel));
        Assert.Equal(
            chats.Select(chat => chat.Id.Value),
            topics.Read(topics.Topic, 100).Select(message => JsonElement.Parse(message.Message.Value).GetProperty("eventId").GetString()));
    }

    [Fact]
    public async Task A_trace_goes_through_the_topic()
    {
        await using var topics = await KafkaTopics.CreateAsync();
        await using var server = KafkaIngestServer.On(topics);
        using var client = server.CreateClient();
        var trace = ActivityTraceId.CreateRandom();
        var consumed = new TaskCompletionSource<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Marketing.Kafka",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.TraceId == trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == "consume")
                {
                    consumed.TrySetResult(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/interactions", UriKind.Relative))
        {
            Content = new StringContent(Odd, Encoding.UTF8, "application/json"),
            Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } },
        };
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var consume = await consumed.Task.WaitAsync(Cancel);
        Assert.Equal((ActivityKind.Consumer, trace, 1), (consume.Kind, consume.TraceId, consume.GetTagItem("marketing.batch.size")));
        Assert.True(consume.HasRemoteParent);
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_said_so_within_the_time_that_was_set()
    {
        await using var server = new KafkaIngestServer("127.0.0.1:1", ("Kafka:ProduceTimeout", "00:00:00.5")) { Consumes = false };
        using var client = server.CreateClient();
        using var response = await ApiServer.PostAsync(client, Odd);
        var problem = await ApiServer.ReadProblemAsync(response, 503);
        Assert.StartsWith("Kafka is not writable right now.", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_front_door_without_a_kafka_is_refused_at_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Kafka:FrontDoor", "true")]);
        var refusal = Assert.Throws<StoreStartupException>(() => builder.AddIngestTarget());
        Assert.Contains("ConnectionStrings:kafka", refusal.Message, StringComparison.Ordinal);
    }

    private static (int Accepted, int Duplicate, int Rejected) Counts(JsonElement answer) => (
        answer.GetProperty("accepted").GetInt32(), answer.GetProperty("duplicate").GetInt32(), answer.GetProperty("rejected").GetInt32());

    private static Task InLog(KafkaIngestServer server, long count) =>
        Eventually.TrueAsync($"{count} interactions are in the log", async () => await CountAsync(server) == count);

    private static async Task<long> CountAsync(KafkaIngestServer server) =>
        (await server.Services.GetRequiredService<IInteractionLog>().StatisticsAsync(Cancel)).Total;
}
