// Libraries of data/models/libraries.yaml and data/computing_libraries.yaml: code that calls
// nothing else is known as a whole, and what no row describes of them is not.
#include "app/pictures/model_json.h"
#include "app/run/pipeline.h"
#include "core/text.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {
namespace {

struct Case {
  std::string_view name, runtime, handler, file, code;
  std::string_view unknown = "";  // the first call of which nothing is known
};

std::string first_unknown(const Case& row) {
  const test::MemoryFileSystem files{
      {"template.yaml", cat("Transform: AWS::Serverless-2016-10-31\nResources:\n  Worker:\n"
                            "    Type: AWS::Serverless::Function\n    Properties: {Runtime: ",
                            row.runtime, ", Handler: ", row.handler, ", CodeUri: .}\n")},
      {"go.mod", "module worker\n"},
      {std::string(row.file), std::string(row.code)}};
  PipelineOptions options;
  options.search = {{""}, {}, [](std::string_view, bool) { return false; }};
  std::string words = "not found";
  options.inspect = [&](const LinkedModel& model) {
    const LambdaFunction& function = model.project.functions.front();
    if (!function.resolved) return;
    words = function.not_followed.empty() ? "" : function.not_followed.front().what;
  };
  run_pipeline(options, files);
  return words;
}

constexpr std::string_view kPython = "python3.13", kNode = "nodejs22.x";

constexpr Case kCases[] = {
    {"OpenAiInPython", kPython, "app.handler", "app.py",
     "from openai import OpenAI\nmodel = OpenAI()\n"
     "def handler(event, context):\n"
     "    return model.chat.completions.create(model='m', messages=event['messages'])\n"},
    {"OpenAiInJavaScript", kNode, "app.handler", "app.mjs",
     "import OpenAI from 'openai';\nconst model = new OpenAI();\n"
     "export const handler = async (event) => model.responses.create({ input: event.text });\n"},
    {"DerivedOfItsCode", kNode, "app.handler", "app.mjs",
     "import { parse } from 'graphql';\nimport Bottle from 'bottlejs';\n"
     "export const handler = async (event) => [parse(event.text), new Bottle('orders')];\n"},
    {"DerivedThatIsGivenCode", kNode, "app.handler", "app.mjs",
     "import Bottle from 'bottlejs';\nconst bottle = new Bottle();\n"
     "bottle.factory('orders', () => ({ send: (one) => fetch(one) }));\n"
     "export const handler = async (event) => bottle.container.orders.send(event.url);\n",
     "bottlejs"},
    {"DerivedThatIsGivenAClass", kNode, "app.handler", "app.mjs",
     "import Bottle from 'bottlejs';\nclass Orders { send(one) { return fetch(one); } }\n"
     "export const handler = async (event) => {\n  const bottle = new Bottle();\n"
     "  bottle.service('orders', Orders);\n  return bottle.container.orders.send(event.url);\n};\n",
     "bottlejs"},
    {"DerivedThatIsGivenWhatACallerKnows", kNode, "app.handler", "app.mjs",
     "import { graphql } from 'graphql';\nimport { schema } from './schema.mjs';\n"
     "const run = (what, source) => graphql({ schema: what, source });\n"
     "export const handler = async (event) => run(schema, event.query);\n",
     "graphql.graphql"},
    {"OpenAiBeforeItsFirst", kPython, "app.handler", "app.py",
     "import openai\ndef handler(event, context):\n"
     "    return openai.ChatCompletion.create(model='m', messages=event['messages'])\n"},
    {"Archiver", kNode, "app.handler", "app.mjs",
     "import archiver from 'archiver';\nexport const handler = async (event) => {\n"
     "  const archive = archiver('zip');\n  archive.append(event.text, { name: 'a.txt' });\n"
     "  await archive.finalize();\n};\n"},
    {"OpenAiOfNoRow", kPython, "app.handler", "app.py",
     "from openai import OpenAI\nmodel = OpenAI()\n"
     "def handler(event, context):\n    return model.files.telepathy(event['id'])\n",
     "openai.OpenAI"},
    {"OutsideOfTheProject", kPython, "app.handler", "app.py",
     "import spotipy\nfrom cohere import Client\nmodel = Client()\n"
     "def handler(event, context):\n    found = spotipy.Spotify().search(event['q'])\n"
     "    return model.chat(message=found['name'])\n"},
    {"OutsideThatIsGivenAFunction", kNode, "app.handler", "app.mjs",
     "import ably from 'ably';\nexport const handler = async (event) =>\n"
     "  ably.subscribe('a', (one) => fetch(one));\n",
     "ably.subscribe"},
    {"OutsideThatACallerGivesAFunction", kNode, "app.handler", "app.mjs",
     "import ably from 'ably';\nconst listen = (what) => ably.subscribe('a', what);\n"
     "export const handler = async (event) => listen((one) => fetch(one));\n",
     "ably.subscribe"},
    {"OutsideThatIsGivenAClient", kPython, "app.handler", "app.py",
     "import boto3\nimport selenium\n"
     "def handler(event, context):\n    return selenium.keep(boto3.client('s3'), event['id'])\n",
     "selenium.keep"},
    {"OutsideThatIsGivenAnAnswer", kPython, "app.handler", "app.py",
     "import boto3\nimport selenium\ns3 = boto3.client('s3')\n"
     "def handler(event, context):\n"
     "    return selenium.keep(s3.get_object(Bucket='pages', Key=event['id'])['Body'])\n"},
    {"NobodyKnows", kPython, "app.handler", "app.py",
     "from farseer import Seer\nmodel = Seer()\n"
     "def handler(event, context):\n    return model.files.telepathy(event['id'])\n",
     "farseer.Seer"},
    {"Measurements", kPython, "app.handler", "app.py",
     "from influxdb_client import InfluxDBClient, Point\n"
     "base = InfluxDBClient(url='http://influx.example.com', token='t', org='o')\n"
     "def handler(event, context):\n"
     "    base.write_api().write(bucket='b', record=Point('heat').field('v', event['v']))\n"},
    {"Books", kPython, "app.handler", "app.py",
     "import openpyxl\n"
     "def handler(event, context):\n    book = openpyxl.load_workbook('/tmp/in.xlsx')\n"
     "    book.create_sheet('sums')\n    book.save('/tmp/out.xlsx')\n"},
    {"GoogleSheets", kNode, "app.handler", "app.mjs",
     "import { google } from 'googleapis';\n"
     "const auth = new google.auth.JWT({ email: process.env.MAIL, key: process.env.KEY });\n"
     "const sheets = google.sheets({ version: 'v4', auth });\n"
     "export const handler = async (event) => {\n"
     "  await sheets.spreadsheets.values.get({ spreadsheetId: event.id, range: 'A1' });\n"
     "  await sheets.spreadsheets.values.update({ spreadsheetId: event.id, range: 'A1' });\n};\n"},
    {"GoogleOfNoRow", kNode, "app.handler", "app.mjs",
     "import { google } from 'googleapis';\nconst sheets = google.sheets('v4');\n"
     "export const handler = async (event) => sheets.spreadsheets.telepathy(event.id);\n",
     "googleapis.google.sheets"},
    {"ClientsThatAreClosed", kNode, "app.handler", "app.mjs",
     "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n"
     "const base = new DynamoDBClient({});\n"
     "export const handler = async (event) => { base.destroy(); };\n"},
    {"StatementsOfDrizzle", kNode, "app.handler", "app.mjs",
     "import { sql } from 'drizzle-orm';\n"
     "export const handler = async (event) => sql.raw(event.text);\n"},
    {"RequestsOfGo", "provided.al2023", "bootstrap", "main.go",
     "package main\nimport (\n\t\"context\"\n\t\"net/http\"\n"
     "\t\"github.com/aws/aws-lambda-go/lambda\"\n)\n"
     "func handle(ctx context.Context) (string, error) {\n"
     "\tasked, err := http.NewRequestWithContext(ctx, \"GET\", \"https://example.com\", nil)\n"
     "\tif err != nil {\n\t\treturn \"\", err\n\t}\n"
     "\tif asked.Context() == nil {\n\t\treturn \"\", nil\n\t}\n"
     "\treturn asked.UserAgent(), nil\n}\nfunc main() { lambda.Start(handle) }\n"},
    {"Supabase", kNode, "app.handler", "app.mjs",
     "import { createClient } from '@supabase/supabase-js';\n"
     "const base = createClient(process.env.URL, process.env.KEY);\n"
     "export const handler = async (event) => {\n"
     "  const { data: who } = await base.auth.getUser(event.token);\n"
     "  const { data } = await base.from('members').select('*').eq('id', who.user.id).single();\n"
     "  await base.storage.from('files').remove([data.file]);\n"
     "  await base.channel('room').send({ type: 'broadcast', event: 'left', payload: data });\n"
     "  return base.rpc('count_members', { room: event.room });\n};\n"},
    {"SupabaseOfNoRow", kNode, "app.handler", "app.mjs",
     "import { createClient } from '@supabase/supabase-js';\n"
     "const base = createClient(process.env.URL, process.env.KEY);\n"
     "export const handler = async (event) => base.telepathy(event.id);\n",
     "@supabase/supabase-js.createClient"},
    {"FieldsByComputedNames", kPython, "app.handler", "app.py",
     "class Health:\n    def populate(self, source=None, place=None):\n"
     "        for name, value in locals().items():\n            setattr(self, name, value)\n"
     "    def read(self, name):\n        return getattr(self, name)\n"
     "def handler(event, context):\n    health = Health()\n"
     "    health.populate(event['a'], event['b'])\n    return health.read('place')\n"},
    {"ApplicationsOfSpine", kPython, "app.handler", "app.py",
     "from spine_aws_common.lambda_application import LambdaApplication\n"
     "class Worker(LambdaApplication):\n    def start(self):\n"
     "        self.log_object.write_log('A1')\n        self.response = self.event['id']\n"
     "app = Worker()\ndef handler(event, context):\n    return app.main(event, context)\n"},
    {"SecretsThatAreCached", kPython, "app.handler", "app.py",
     "from aws_secretsmanager_caching import SecretCache\ncache = SecretCache()\n"
     "def handler(event, context):\n    return len(cache.get_secret_string('key'))\n"},
    {"LineInPython", kPython, "app.handler", "app.py",
     "from linebot import LineBotApi\nline = LineBotApi('t')\n"
     "def handler(event, context):\n    line.get_profile(event['id'])\n"
     "    line.push_message(event['id'], 'hello')\n"},
    {"LineOfNoRow", kPython, "app.handler", "app.py",
     "from linebot import LineBotApi\nline = LineBotApi('t')\n"
     "def handler(event, context):\n    return line.telepathy(event['id'])\n",
     "linebot.Line"},
    {"TweetsWithPictures", kPython, "app.handler", "app.py",
     "import tweepy\nauth = tweepy.OAuthHandler('a', 'b')\nauth.set_access_token('c', 'd')\n"
     "api = tweepy.API(auth)\ndef handler(event, context):\n"
     "    picture = api.media_upload(event['file'])\n    api.update_status(status='hello')\n"},
    {"Frames", kPython, "app.handler", "app.py",
     "import polars as pl\ndef handler(event, context):\n"
     "    frame = pl.read_csv('/tmp/in.csv')\n"
     "    frame.group_by('a').agg(pl.col('b').sum()).write_parquet('/tmp/out.parquet')\n"},
    {"PagesOfCanvas", kPython, "app.handler", "app.py",
     "from reportlab.pdfgen import canvas\ndef handler(event, context):\n"
     "    page = canvas.Canvas('/tmp/a.pdf')\n    page.drawString(1, 2, event['text'])\n"
     "    page.showPage()\n    page.save()\n"},
    {"TraversalsOfGraphs", kNode, "app.handler", "app.mjs",
     "import gremlin from 'gremlin';\n"
     "const traversal = gremlin.process.AnonymousTraversalSource.traversal;\n"
     "const g = traversal().withRemote(new gremlin.driver.DriverRemoteConnection('wss://a'));\n"
     "export const handler = async (event) => {\n"
     "  await g.V().hasLabel('user').out('knows').valueMap().toList();\n"
     "  await g.addV('user').property('id', event.id).next();\n};\n"},
    {"FilesOfFileSystem", kNode, "app.handler", "app.mjs",
     "import files from 'file-system';\n"
     "export const handler = async () => files.readFileSync('/tmp/a.json');\n"},
    {"Pictures", kNode, "app.handler", "app.mjs",
     "import sharp from 'sharp';\nexport const handler = async (event) => {\n"
     "  const small = await sharp(Buffer.from(event.body)).resize(9).png().toBuffer();\n"
     "  return small.length;\n};\n"},
    {"Pushover", kNode, "app.handler", "app.mjs",
     "import Push from 'pushover-notifications';\nconst push = new Push({ user: 'u', token: 't' "
     "});\n"
     "export const handler = async (event) => push.send({ message: event.text }, () => {});\n"},
    {"PagesOfJsoup", "java21", "w.F::handleRequest", "src/main/java/w/F.java",
     "package w;\nimport com.amazonaws.services.lambda.runtime.*;\nimport java.util.*;\n"
     "import org.jsoup.Jsoup;\n"
     "public class F implements RequestHandler<Map<String, String>, String> {\n"
     "  public String handleRequest(Map<String, String> event, Context context) {\n"
     "    try {\n      return Jsoup.connect(\"https://example.com\").timeout(900).get().title();\n"
     "    } catch (java.io.IOException error) {\n      throw new RuntimeException(error);\n"
     "    }\n  }\n}\n"},
    {"ComponentsOfRecords", "java21", "w.F::handleRequest", "src/main/java/w/F.java",
     "package w;\nimport com.amazonaws.services.lambda.runtime.*;\nimport java.util.*;\n"
     "import com.fasterxml.jackson.databind.ObjectMapper;\n"
     "public class F implements RequestHandler<Map<String, String>, String> {\n"
     "  record Line(String skuId) {}\n  record Order(List<Line> orderLines) {}\n"
     "  private final ObjectMapper mapper = new ObjectMapper();\n"
     "  public String handleRequest(Map<String, String> event, Context context) {\n"
     "    try {\n      var order = mapper.readValue(event.get(\"o\"), Order.class);\n"
     "      return order.orderLines().get(0).skuId();\n"
     "    } catch (java.io.IOException error) {\n      throw new RuntimeException(error);\n"
     "    }\n  }\n}\n"},
    {"Pillow", kPython, "app.handler", "app.py",
     "import io\nfrom PIL import Image, ImageOps\n"
     "def handler(event, context):\n"
     "    picture = ImageOps.exif_transpose(Image.open(io.BytesIO(event['body'])))\n"
     "    picture.convert('RGB').resize((9, 9)).save('/tmp/small.jpg')\n"},
    {"EnvironmentModeler", kPython, "app.handler", "app.py",
     "from aws_lambda_env_modeler import init_environment_variables, get_environment_variables\n"
     "from pydantic import BaseModel\n"
     "class Settings(BaseModel):\n    TABLE: str\n"
     "@init_environment_variables(model=Settings)\n"
     "def handler(event, context):\n"
     "    return get_environment_variables(model=Settings).TABLE\n"},
    {"SqlAlchemyDefinitions", kPython, "app.handler", "app.py",
     "from sqlalchemy import Column, Integer, String, select\n"
     "from sqlalchemy.orm import declarative_base\n"
     "Base = declarative_base()\n"
     "class Order(Base):\n    __tablename__ = 'orders'\n"
     "    id = Column(Integer, primary_key=True)\n    name = Column(String(9))\n"
     "def handler(event, context):\n"
     "    return str(select(Order).where(Order.id == event['id']).limit(1))\n"},
    {"SignedRequests", kPython, "app.handler", "app.py",
     "import os\nimport requests\nfrom requests_aws4auth import AWS4Auth\n"
     "auth = AWS4Auth(os.environ['ID'], os.environ['KEY'], 'eu-west-1', 'es')\n"
     "def handler(event, context):\n"
     "    return requests.get('https://example.com', auth=auth, timeout=3).json()\n"},
    {"WerkzeugPasswords", kPython, "app.handler", "app.py",
     "from werkzeug.security import check_password_hash\n"
     "def handler(event, context):\n"
     "    return check_password_hash(event['hash'], event['password'])\n"},
    {"ClassesOfBuiltins", kPython, "app.handler", "app.py",
     "class Order(dict):\n    def __init__(self, row):\n        super().__init__(row)\n"
     "def handler(event, context):\n    return Order(event)\n"},
    {"Jdbc", "java21", "w.F::handleRequest", "src/main/java/w/F.java",
     "package w;\nimport com.amazonaws.services.lambda.runtime.*;\nimport java.sql.*;\n"
     "import java.util.*;\n"
     "public class F implements RequestHandler<Map<String, String>, String> {\n"
     "  public String handleRequest(Map<String, String> event, Context context) {\n"
     "    Calendar end = Calendar.getInstance();\n    end.set(Calendar.HOUR_OF_DAY, 23);\n"
     "    end.set(Calendar.MINUTE, 59);\n"
     "    try (Connection held = DriverManager.getConnection(\"jdbc:x\")) {\n"
     "      PreparedStatement row = held.prepareStatement(\"insert into t values (?)\", 1);\n"
     "      row.setArray(1, held.createArrayOf(\"text\", new String[] {\"a\"}));\n"
     "      row.executeUpdate();\n      ResultSet keys = row.getGeneratedKeys();\n"
     "      return keys.next() ? keys.getString(1) : \"\";\n"
     "    } catch (SQLException error) {\n      throw new RuntimeException(error);\n    }\n  "
     "}\n}\n"},
    {"TokensOfAUserPool", kNode, "app.handler", "app.mjs",
     "import { CognitoJwtVerifier } from 'aws-jwt-verify';\n"
     "const verifier = CognitoJwtVerifier.create({ userPoolId: 'a', tokenUse: 'id' });\n"
     "export const handler = async (event) => (await verifier.verify(event.token)).sub;\n"},
    {"Mongoose", kNode, "app.handler", "app.mjs",
     "import mongoose from 'mongoose';\n"
     "const schema = new mongoose.Schema({ name: String });\nschema.index({ name: 1 });\n"
     "const User = mongoose.model('User', schema);\n"
     "export const handler = async (event) => {\n"
     "  await mongoose.connect(process.env.DB);\n"
     "  return User.find({ name: event.name }).sort({ name: 1 }).lean().exec();\n};\n"},
    {"Tsyringe", kNode, "app.handler", "app.mjs",
     "import { container } from 'tsyringe';\n"
     "class Orders { find(id) { return id; } }\n"
     "container.registerSingleton(Orders);\n"
     "export const handler = async (event) => container.resolve(Orders).find(event.id);\n"},
    {"Uploads", kNode, "app.handler", "app.mjs",
     "import busboy from 'busboy';\n"
     "export const handler = async (event) => {\n"
     "  const form = busboy({ headers: event.headers });\n"
     "  form.on('file', (name, file) => console.log(name));\n"
     "  form.end(event.body);\n};\n"},
    {"DrizzleTables", kNode, "app.handler", "app.mjs",
     "import { pgTable, uuid, text } from 'drizzle-orm/pg-core';\n"
     "import { eq } from 'drizzle-orm';\n"
     "const orders = pgTable('orders', { id: uuid('id'), name: text('name') });\n"
     "export const handler = async (event) => eq(orders.id, event.id);\n"},
    {"ZonesOfMoment", kNode, "app.handler", "app.mjs",
     "import moment from 'moment-timezone';\n"
     "export const handler = async (event) => moment.tz(event.at, 'UTC').format();\n"},
    {"Viper", "provided.al2023", "bootstrap", "main.go",
     "package main\nimport (\n\t\"github.com/aws/aws-lambda-go/lambda\"\n"
     "\t\"github.com/spf13/viper\"\n)\n"
     "func handle() (string, error) { return viper.GetString(\"name\"), nil }\n"
     "func main() {\n\tviper.SetEnvPrefix(\"APP\")\n\tviper.AutomaticEnv()\n"
     "\tlambda.Start(handle)\n}\n"},
    {"CockroachErrors", "provided.al2023", "bootstrap", "main.go",
     "package main\nimport (\n\t\"github.com/aws/aws-lambda-go/lambda\"\n"
     "\t\"github.com/cockroachdb/errors\"\n)\n"
     "func handle() error { return errors.Wrap(errors.New(\"no\"), \"order\") }\n"
     "func main() { lambda.Start(handle) }\n"},
    {"ReadsOfGithub", kNode, "app.handler", "app.mjs",
     "import { Octokit } from '@octokit/rest';\n"
     "const github = new (Octokit.plugin(() => ({})))();\n"
     "export const handler = async (event) => {\n"
     "  const found = await github.repos.listForOrg({ org: event.org });\n"
     "  return found.data.map((one) => one.name);\n};\n"},
    {"WritesOfGithub", kNode, "app.handler", "app.mjs",
     "import { Octokit } from '@octokit/rest';\n"
     "const github = new Octokit();\n"
     "export const handler = async (event) => github.repos.createForAuthenticatedUser({ name: "
     "event.name });\n",
     "@octokit/rest.Octokit"},
    {"RetriesOfPolly", kNode, "app.handler", "app.mjs",
     "import polly from 'polly-js';\n"
     "export const handler = async (event) => polly().waitAndRetry(3).executeForPromise(() => "
     "event.id);\n"},
    {"FilesOfGoogle", kPython, "app.handler", "app.py",
     "import io\nfrom googleapiclient.discovery import build\n"
     "from googleapiclient.http import MediaIoBaseDownload\n"
     "def handler(event, context):\n"
     "    drive = build('drive', 'v3')\n"
     "    file = io.BytesIO()\n"
     "    loader = MediaIoBaseDownload(file, drive.files().get_media(fileId=event['id']))\n"
     "    done = False\n"
     "    while not done:\n        status, done = loader.next_chunk()\n"
     "        print(status.progress())\n"
     "    return drive.files().get(fileId=event['id']).execute(http=None)\n"},
    {"AnyLevelOfTheConsole", kNode, "app.handler", "app.mjs",
     "export const handler = async (event) => { console[event.level](event.text); };\n"},
    {"SavedDocumentsOfMongoose", kNode, "app.handler", "app.mjs",
     "import mongoose from 'mongoose';\n"
     "const User = mongoose.model('User', new mongoose.Schema({ name: String }));\n"
     "export const handler = async (event) => {\n"
     "  const user = await User.findOne({ name: event.name });\n"
     "  user.visits += 1;\n  await user.save();\n};\n",
     "mongoose.query"},
    {"RemoteConfigurationOfViper", "provided.al2023", "bootstrap", "main.go",
     "package main\nimport (\n\t\"github.com/aws/aws-lambda-go/lambda\"\n"
     "\t\"github.com/spf13/viper\"\n)\n"
     "func handle() error { return viper.ReadRemoteConfig() }\n"
     "func main() { lambda.Start(handle) }\n",
     "github.com/spf13/viper.ReadRemoteConfig"},
};

class KnownLibraries : public testing::TestWithParam<Case> {};

TEST_P(KnownLibraries, IsAllThatTheCodeDoes) {
  EXPECT_EQ(first_unknown(GetParam()), GetParam().unknown);
}

INSTANTIATE_TEST_SUITE_P(Libraries, KnownLibraries, testing::ValuesIn(kCases),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace fnlint
