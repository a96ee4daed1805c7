using Confluent.Kafka;
using Marketing.Stores;
using Marketing.Stores.Kafka;
using Marketing.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Marketing.Tests.Stores.Kafka;

public sealed class KafkaStartupTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_broker_that_does_not_answer_stops_the_process_with_a_sentence()
    {
        using var host = FrontDoor("127.0.0.1:1");
        var thrown = await Assert.ThrowsAsync<StoreStartupException>(() => host.StartAsync(Cancel));
        Assert.Contains("127.0.0.1:1", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings:kafka", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Topics_that_are_missing_are_made_and_those_that_are_there_are_left_alone()
    {
        var servers = await Server.RequiredAsync("kafka");
        var topic = $"test-{Guid.NewGuid():N}";
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = servers }).Build();
        try
        {
            for (var partitions = 4; partitions < 6; partitions++)
            {
                using var host = FrontDoor(
                    servers, ("Kafka:Topic", topic), ("Kafka:DeadLetterTopic", topic + ".dead"), ("Kafka:Partitions", $"{partitions}"));
                await host.StartAsync(Cancel);
                await host.StopAsync(Cancel);
            }

            var described = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic, topic + ".dead"]));
            Assert.All(described.TopicDescriptions, description => Assert.Equal(4, description.Partitions.Count));
        }
        finally
        {
            await admin.DeleteTopicsAsync([topic, topic + ".dead"]);
        }
    }

    [Theory]
    [InlineData("host:9092;Pasword=s3cret", "unknown key pasword")]
    [InlineData("host:9092;SecurityProtocol=s3cret", "SecurityProtocol")]
    [InlineData("Password=s3cret", "host:port")]
    [InlineData("host:9092;s3cret", "host:port")]
    [InlineData(";Password=s3cret", "host:port")]
    public void What_cannot_be_read_is_named_and_no_secret_is(string connectionString, string named)
    {
        var thrown = Assert.Throws<StoreStartupException>(() => KafkaConnection.Parse(connectionString));
        Assert.Contains(named, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", thrown.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SecurityProtocol=SaslSsl;SaslMechanism=ScramSha256")]
    [InlineData("securityprotocol=SASL_SSL;saslmechanism=SCRAM-SHA-256")]
    public void A_user_and_a_password_follow_the_brokers(string how)
    {
        var connection = KafkaConnection.Parse($"a:9092,b:9092;{how};Username=u;Password=\"p;=x\"");
        var client = connection.Apply(new ClientConfig());
        Assert.Equal(
            ("a:9092,b:9092", SecurityProtocol.SaslSsl, SaslMechanism.ScramSha256, "u", "p;=x"),
            (client.BootstrapServers, client.SecurityProtocol, client.SaslMechanism, client.SaslUsername, client.SaslPassword));
        Assert.Equal("a:9092,b:9092", connection.ToString());
    }

    private static IHost FrontDoor(string servers, params (string Setting, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:kafka", servers),
            new("Kafka:FrontDoor", "true"),
            .. settings.Select(pair => KeyValuePair.Create(pair.Setting, (string?)pair.Value)),
        ]);
        builder.Services.AddLogging();
        builder.AddIngestTarget();
        return builder.Build();
    }
}
