using MongoDB.Bson;
using MongoDB.Driver;

namespace Marketing.Stores.Mongo;

/// <summary>The collections, with the write concern that an acknowledgement promises: on the journal of a majority.</summary>
internal sealed class MongoContext(IMongoDatabase database)
{
    private readonly IMongoDatabase _database = database.WithWriteConcern(WriteConcern.WMajority.With(journal: true));

    public IMongoCollection<BsonDocument> Interactions => _database.GetCollection<BsonDocument>("interactions");

    public IMongoCollection<BsonDocument> DeadLetters => _database.GetCollection<BsonDocument>("deadLetters");

    public IMongoCollection<BsonDocument> Campaigns => _database.GetCollection<BsonDocument>("campaigns");

    /// <summary>The ids that were ever deleted from <see cref="Campaigns"/>, one document each. It stays when the campaign is put again, and then means nothing.</summary>
    public IMongoCollection<BsonDocument> DeletedCampaigns => _database.GetCollection<BsonDocument>("deletedCampaigns");

    public IMongoCollection<BsonDocument> Users => _database.GetCollection<BsonDocument>("users");

    /// <summary>Users who are gone from the log and may still be in a projection, one document each.</summary>
    public IMongoCollection<BsonDocument> Erasures => _database.GetCollection<BsonDocument>("erasures");

    /// <summary>Users whose erasure is remembered, by keyed hash (<see cref="ErasureHash"/>).</summary>
    public IMongoCollection<BsonDocument> ErasedUsers => _database.GetCollection<BsonDocument>("erasedUsers");

    /// <summary>What they had sent, by keyed hash.</summary>
    public IMongoCollection<BsonDocument> ErasedEvents => _database.GetCollection<BsonDocument>("erasedEvents");

    /// <summary>One document a purpose: the schema's version, the catalogue's version.</summary>
    public IMongoCollection<BsonDocument> Meta => _database.GetCollection<BsonDocument>("meta");
}
